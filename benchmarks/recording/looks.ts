/** Size of one character, in pixels. */
export const cell = { width: 8.4, height: 18 };

/** Each colour has a contrast of more than 7 to 1 on the ground (WCAG 2.2, 1.4.6); the cursor's block one of 3 to 1. */
export const looks = `text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d1d7e0;white-space:pre}
.ground{fill:#0d1117}.bar{fill:#1c2330}.block{fill:#768390}
.title{fill:#aeb6c2}.prompt{fill:#7ee787;font-weight:bold}.typed{fill:#f2cc60}
.bold{font-weight:bold;fill:#fff}.dim{fill:#a3acb8}
.green{fill:#56d364}.cyan{fill:#56d4dd}.yellow{fill:#e3b341}.red{fill:#ff9b94}`;
