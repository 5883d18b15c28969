import type { HeaderNames, Language } from '../sample.ts';

const standard = `package receiver

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// IsGenuine takes the body as the bytes that arrived, before they are parsed.
func IsGenuine(header http.Header, body []byte) bool {
	secret := os.Getenv("WEBHOOK_SECRET")
	key, err := []byte(secret), error(nil)
	if strings.HasPrefix(secret, "whsec_") {
		key, err = base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	}
	if err != nil || len(key) == 0 {
		return false
	}
	id, timestamp := header.Get("webhook-id"), header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > 5*time.Minute {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	expected := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	// There are two, with a blank between them, while the secret is rotated.
	for _, signature := range strings.Split(header.Get("webhook-signature"), " ") {
		if hmac.Equal([]byte(signature), []byte(expected)) {
			return true
		}
	}
	return false
}
`;

const plain = (says: string, takes: string, covered: string, signature: string): string => `package receiver

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"os"
)

// IsGenuine ${says}
func IsGenuine(${takes}) bool {
	secret := os.Getenv("WEBHOOK_SECRET")
	if secret == "" {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(${covered})
	given, err := hex.DecodeString(header.Get("${signature}"))
	return err == nil && hmac.Equal(given, mac.Sum(nil))
}
`;

const hookId = ({ hookId: id, signature }: HeaderNames): string =>
  plain('does not cover the body.', 'header http.Header', `[]byte(header.Get("${id}"))`, signature);
const body = ({ signature }: HeaderNames): string =>
  plain(
    'takes the body as the bytes that arrived, before they are parsed.',
    'header http.Header, body []byte',
    'body',
    signature,
  );

export const go: Language = {
  id: 'go',
  label: 'Go',
  code: (scheme, names) => ({ standard, 'hook-id': hookId(names), body: body(names) })[scheme],
};
