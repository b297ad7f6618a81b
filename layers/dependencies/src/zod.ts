export {
  array,
  boolean,
  discriminatedUnion,
  email,
  literal,
  looseObject,
  number,
  object,
  strictObject,
  string,
  uuid,
} from 'zod';
