/** The key of a user in the product's table: the users function writes it, others read by it. */
export const userKey = (id: string): Readonly<Record<'pk' | 'sk', string>> => ({ pk: `USER#${id}`, sk: 'USER' });
