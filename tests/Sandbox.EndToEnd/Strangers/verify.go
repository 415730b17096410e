// A stranger's check of a log that a Sandbox server serves: nothing of ours but the verifier key, which an auditor has on paper.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run verify.go https://HOST:7443/log ca.crt VERIFIER-KEY [older-checkpoint]
//
// It verifies the checkpoint's signature, every tile against the root, every leaf in its place (an inclusion proof each), and that the log
// has grown from the older checkpoint, if one is given. It needs golang.org/x/mod (Debian: golang-golang-x-mod-dev).
package main

import (
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
		fail("usage: verify LOG-URL CA-FILE VERIFIER-KEY [OLDER-CHECKPOINT-FILE]")
	}
	authority, err := os.ReadFile(os.Args[2])
	must(err)
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(authority) {
		fail("%s holds no certificate", os.Args[2])
	}
	s := &server{&http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}, os.Args[1]}

	tree := open(s.get("checkpoint"), os.Args[3])
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
