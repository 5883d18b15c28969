/** Text only this installation can read: `<key id>.<iv + tag + ciphertext, base64url>`. Folds and deciders carry it unopened. */
export type Sealed = string;
