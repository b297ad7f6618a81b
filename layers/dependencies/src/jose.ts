export { createRemoteJWKSet, errors, jwtVerify } from 'jose';
