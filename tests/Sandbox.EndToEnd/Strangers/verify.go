// A stranger's check of a log that a Sandbox server serves: nothing of ours but the verifier key, which an auditor has on paper.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run verify.go https://HOST:7443/log ca.crt VERIFIER-KEY [older-checkpoint [WITNESS-KEY]]
//
// It verifies the checkpoint's signature, every tile against the root, every leaf in its place (an inclusion proof each), that the log
// has grown from the older checkpoint, if one is given, and that the witness has cosigned the checkpoint, if one is named. It needs golang.org/x/mod (Debian: golang-golang-x-mod-dev).
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type server struct {
	client *http.Client
	base   string
}

func (s *server) get(path string) []byte {
	answer, err := s.client.Get(s.base + "/" + path)
	must(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(err)
	if answer.StatusCode != http.StatusOK {
		fail("%s: %s: %s", path, answer.Status, body)
	}
	return body
}

func (s *server) Height() int { return 8 }

func (s *server) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		// C2SP leaves out the height that x/mod puts first.
		all = append(all, s.get(strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
	}
	return all, nil
}

func (s *server) SaveTiles([]tlog.Tile, [][]byte) {}

func main() {
	if len(os.Args) < 4 {
		fail("usage: verify LOG-URL CA-FILE VERIFIER-KEY [OLDER-CHECKPOINT-FILE [WITNESS-KEY]]")
	}
	authority, err := os.ReadFile(os.Args[2])
	must(err)
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(authority) {
		fail("%s holds no certificate", os.Args[2])
	}
	s := &server{&http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}, os.Args[1]}

	newest := s.get("checkpoint")
	tree := open(newest, os.Args[3])
	hashes := tlog.TileHashReader(tree, s)
	for index := int64(0); index < tree.N; index += 256 {
		width := tree.N - index
		if width > 256 {
			width = 256
		}
		bundle := s.get(strings.Replace(tlog.Tile{H: 8, L: -1, N: index / 256, W: int(width)}.Path(), "tile/8/data/", "tile/entries/", 1))
		for i := int64(0); i < width; i++ {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				fail("the bundle of entry %d is torn", index+i)
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			proof, err := tlog.ProveRecord(tree.N, index+i, hashes)
			must(err)
			must(tlog.CheckRecord(proof, tree.N, tree.Hash, index+i, tlog.RecordHash(bundle[2:end])))
			bundle = bundle[end:]
		}
		if len(bundle) > 0 {
			fail("the bundle at %d holds more than its entries", index)
		}
	}
	fmt.Printf("%d entries stand in the log\n", tree.N)

	if len(os.Args) > 4 {
		text, err := os.ReadFile(os.Args[4])
		must(err)
		older := open(text, os.Args[3])
		proof, err := tlog.ProveTree(tree.N, older.N, hashes)
		must(err)
		must(tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash))
		fmt.Printf("it has grown from %d to %d entries\n", older.N, tree.N)
	}
	if len(os.Args) > 5 {
		w := newWitness(os.Args[5])
		checkpoint, err := note.Open(newest, note.VerifierList(w))
		must(err)
		cosignature, err := base64.StdEncoding.DecodeString(checkpoint.Sigs[0].Base64)
		must(err)
		fmt.Printf("%s cosigned it at %s\n", w.name, time.Unix(int64(binary.BigEndian.Uint64(cosignature[4:])), 0).UTC().Format(time.RFC3339))
	}
}

// witness verifies cosignatures (C2SP tlog-cosignature, Ed25519), which x/mod does not know itself.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newWitness(text string) *witness {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 {
		fail("%s is no verifier key", text)
	}
	typed, err := base64.StdEncoding.DecodeString(parts[2])
	must(err)
	hash := sha256.Sum256(append([]byte(parts[0]+"\n"), typed...))
	if len(typed) != 1+ed25519.PublicKeySize || typed[0] != 4 || fmt.Sprintf("%x", hash[:4]) != parts[1] {
		fail("%s is no key of a witness", text)
	}
	return &witness{parts[0], binary.BigEndian.Uint32(hash[:]), ed25519.PublicKey(typed[1:])}
}

func (w *witness) Name() string    { return w.name }
func (w *witness) KeyHash() uint32 { return w.hash }

func (w *witness) Verify(text, cosignature []byte) bool {
	if len(cosignature) != 8+ed25519.SignatureSize {
		return false
	}
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(cosignature), text)
	return ed25519.Verify(w.key, []byte(message), cosignature[8:])
}

// open verifies the signature and reads the three lines; x/mod's own ParseTree takes only its own first line.
func open(text []byte, key string) tlog.Tree {
	verifier, err := note.NewVerifier(key)
	must(err)
	checkpoint, err := note.Open(text, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(checkpoint.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		fail("this is no checkpoint of %s:\n%s", verifier.Name(), checkpoint.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	must(err)
	tree := tlog.Tree{N: size}
	if copy(tree.Hash[:], root) != tlog.HashSize {
		fail("the root hash has %d bytes", len(root))
	}
	return tree
}

func must(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func fail(format string, words ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", words...)
	os.Exit(1)
}
