// The second implementation: Digital Bazaar's. It verifies our certificates, and makes some for us to verify.
// stdin: {"do": "verify" | "make", ...}; stdout: what came of it. Nothing is fetched.
import {readFileSync} from 'node:fs';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus, createCredential, createList} from '@digitalbazaar/vc-bitstring-status-list';

const asked = JSON.parse(readFileSync(0, 'utf8'));
const documents = new Map(Object.entries(asked.documents));

async function documentLoader(url) {
  if(!documents.has(url)) {
    throw new Error(`not here: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: documents.get(url)};
}

async function verify(credential) {
  const suite = new DataIntegrityProof({cryptosuite});
  const now = new Date(asked.now);
  const result = await vc.verifyCredential({credential, suite, documentLoader, checkStatus, now});
  // `verified` is true for a revoked one: each status has to be read
  const set = (result.statusResult?.results ?? []).filter(each => each.status).map(each => each.credentialStatus.statusPurpose);
  return {
    verified: result.verified,
    statuses: (result.statusResult?.results ?? []).length,
    set,
    error: result.error ? String(result.error.errors?.[0]?.message ?? result.error.message) : null
  };
}

async function make({credential, issuer, address, revoked}) {
  const key = await Ed25519Multikey.generate({id: `${issuer}#theirs`, controller: issuer});
  const method = await key.export({publicKey: true, includeContext: false});
  const did = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: issuer, verificationMethod: [method], assertionMethod: [method.id]
  };
  const suite = () => new DataIntegrityProof({signer: key.signer(), cryptosuite});
  const sign = unsigned => vc.issue({credential: unsigned, suite: suite(), documentLoader});
  const lists = [];
  for(const statusPurpose of ['revocation', 'suspension']) {
    const list = await createList({length: 131072});
    if(statusPurpose === 'revocation') {
      revoked.forEach(place => list.setStatus(place, true));
    }
    const unsigned = await createCredential({id: `${address}/${statusPurpose}.json`, list, statusPurpose});
    lists.push(await sign({...unsigned, issuer}));
  }
  return {credential: await sign(credential), issuer: did, lists};
}

const made = asked.do === 'make' ? await make(asked) : await Promise.all(asked.credentials.map(verify));
process.stdout.write(JSON.stringify(made));
