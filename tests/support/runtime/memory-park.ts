import type { Park, ParkedRecord } from '@shared/batch/park';

/** A park in memory, with what it holds. */
export interface MemoryPark {
  readonly park: Park;
  readonly records: ParkedRecord[];
  /** What it holds, the bodies as text. */
  readonly parked: (Omit<ParkedRecord, 'body'> & { readonly body: string })[];
  /** Set to have it refuse. */
  broken: boolean;
}

/** Makes an empty park. */
export function memoryPark(): MemoryPark {
  const it: MemoryPark = {
    records: [],
    get parked() {
      return it.records.map((record) => ({ ...record, body: Buffer.from(record.body).toString() }));
    },
    broken: false,
    park: async (record) => {
      await Promise.resolve();
      if (it.broken) throw new Error('The park is closed');
      it.records.push(record);
    },
  };
  return it;
}
