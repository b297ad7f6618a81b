/** How long a window is, in minutes; windows begin at full hours, UTC. What is stored depends on it: never change it. */
export const windowMinutes = 5;

/** One minute, in milliseconds. */
const minute = 60_000;
const length = windowMinutes * minute;

/** The start of the window that a time is in, ISO 8601 in UTC; `later` windows after it, or before it where negative. */
export function windowOf(time: string | Date, later = 0): string {
  const milliseconds = new Date(time).getTime();
  return new Date((Math.floor(milliseconds / length) + later) * length).toISOString();
}

/** How many windows an hour has. */
export const windowsPerHour = 60 / windowMinutes;
