/** Certificates of an authority of the test's own, by what Node has: X.509 version 3 (RFC 5280) with keys on P-256. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A certificate and its key, in PEM. */
export interface Issued {
  certificate: string;
  key: string;
}

/** One value of DER: its tag, its length and its content. */
function der(tag: number, ...content: Uint8Array[]): Buffer {
  const bytes = Buffer.concat(content);
  const { length } = bytes;
  const digits = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  // A short length stands alone; the length of a longer one stands before it.
  const head = length < 0x80 ? digits : [0x80 + digits.length, ...digits];
  return Buffer.concat([Buffer.from([tag, ...head]), bytes]);
}

const sequence = (...content: Uint8Array[]): Buffer => der(0x30, ...content);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const TRUE = der(0x01, Buffer.from([0xff]));
const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const COMMON_NAME = oid('550403');
const BASIC_CONSTRAINTS = oid('551d13');
const SUBJECT_ALTERNATIVE_NAME = oid('551d11');
/** From 2000 to 2049. */
const VALIDITY = sequence(
  ...['000101000000Z', '491231235959Z'].map((time) => der(0x17, Buffer.from(time))),
);

/** An authority that nobody else knows. */
export class Authority {
  readonly #name = named('Test authority');
  readonly #key: KeyObject;
  #serial = 0;
  /** Its own certificate, in PEM. */
  readonly certificate: string;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#key = privateKey;
    const isAuthority = sequence(BASIC_CONSTRAINTS, TRUE, der(0x04, sequence(TRUE)));
    this.certificate = this.#sign(this.#name, publicKey, isAuthority);
  }

  /** Issues a certificate for 127.0.0.1. */
  issue(): Issued {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const address = der(0x87, Buffer.from([127, 0, 0, 1]));
    const names = sequence(SUBJECT_ALTERNATIVE_NAME, der(0x04, sequence(address)));
    return {
      certificate: this.#sign(named('Test'), publicKey, names),
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
  }

  #sign(subject: Uint8Array, key: KeyObject, extension: Uint8Array): string {
    this.#serial += 1;
    const signed = sequence(
      der(0xa0, der(0x02, Buffer.from([2]))),
      der(0x02, Buffer.from([this.#serial])),
      ECDSA_WITH_SHA256,
      this.#name,
      VALIDITY,
      subject,
      key.export({ type: 'spki', format: 'der' }),
      der(0xa3, sequence(extension)),
    );
    const signature = der(0x03, Buffer.from([0]), sign('sha256', signed, this.#key));
    const certificate = sequence(signed, ECDSA_WITH_SHA256, signature).toString('base64');
    const lines = (certificate.match(/.{1,64}/g) ?? []).join('\n');
    return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
  }
}

function named(name: string): Buffer {
  return sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))));
}
