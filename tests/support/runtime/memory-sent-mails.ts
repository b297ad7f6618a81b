import { mailTimes, type SentMails } from '../../../functions/notifications/sent-mails.ts';

/** The memory of sent mails, in memory; `now` is in seconds. */
export function memorySentMails(now: () => number): SentMails {
  const marks = new Map<string, { sent: boolean; heldUntil: number }>();
  return {
    claim: async (eventId) => {
      await Promise.resolve();
      const mark = marks.get(eventId);
      if (mark !== undefined && mark.heldUntil >= now()) return mark.sent ? 'sent' : 'held';
      marks.set(eventId, { sent: false, heldUntil: now() + mailTimes.claim });
      return 'mine';
    },
    keep: async (eventId) => {
      await Promise.resolve();
      marks.set(eventId, { sent: true, heldUntil: now() + mailTimes.memory });
    },
    release: async (eventId) => {
      await Promise.resolve();
      marks.delete(eventId);
    },
  };
}
