/** Who the examples speak of: a token of the local stage is for this user where nobody is named. */
export const exampleSubject = '7c1e4a52-3c86-4a0b-9d5e-5f2f3b8f0a11';
