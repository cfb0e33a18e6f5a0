// Command certificates writes the certificates and keys of a throw-away control plane into a folder.
//
// There are two authorities: "ca" for everything that serves, and "front-proxy-ca" for the API server when it speaks to
// virt-api on behalf of a user. They must differ, else every certificate of the one would count as the other.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"flag"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// pair is a certificate with its key.
type pair struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// writePEM writes one block; keys are for the owner alone.
func writePEM(file, kind string, der []byte) error {
	mode := os.FileMode(0o644)
	if strings.HasSuffix(kind, "PRIVATE KEY") {
		mode = 0o600
	}
	return os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), mode)
}

// writeKey makes a key and writes it as NAME.key.
func writeKey(dir, name string) (*ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return nil, err
	}
	return key, writePEM(filepath.Join(dir, name+".key"), "EC PRIVATE KEY", der)
}

// issue makes NAME.key and NAME.crt from the template, signed by the issuer, or by itself if there is none.
func issue(dir, name string, template *x509.Certificate, issuer *pair) (*pair, error) {
	key, err := writeKey(dir, name)
	if err != nil {
		return nil, err
	}
	if template.SerialNumber, err = rand.Int(rand.Reader, big.NewInt(1<<62)); err != nil {
		return nil, err
	}
	// The clock of whoever checks may be a little behind; a control plane for tests never lives for a week.
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(7*24*time.Hour)
	template.BasicConstraintsValid = true
	if issuer == nil {
		issuer = &pair{template, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer.certificate, &key.PublicKey, issuer.key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &pair{certificate, key}, writePEM(filepath.Join(dir, name+".crt"), "CERTIFICATE", der)
}

func authority(name string) *x509.Certificate {
	return &x509.Certificate{Subject: pkix.Name{CommonName: name}, IsCA: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
}

// server is a serving certificate for names and addresses, given as one comma-separated list.
func server(name, hosts string) *x509.Certificate {
	template := &x509.Certificate{
		Subject:     pkix.Name{CommonName: name},
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, host := range strings.Split(hosts, ",") {
		if address := net.ParseIP(host); address != nil {
			template.IPAddresses = append(template.IPAddresses, address)
		} else {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	return template
}

func client(name string) *x509.Certificate {
	return &x509.Certificate{
		Subject:     pkix.Name{CommonName: name},
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
}

func writeAll(dir, apiHosts, kubeletHosts string) error {
	ca, err := issue(dir, "ca", authority("control-plane"), nil)
	if err != nil {
		return err
	}
	frontProxy, err := issue(dir, "front-proxy-ca", authority("control-plane-front-proxy"), nil)
	if err != nil {
		return err
	}
	for _, leaf := range []struct {
		name     string
		template *x509.Certificate
		issuer   *pair
	}{
		{"apiserver", server("kube-apiserver", apiHosts), ca},
		{"kubelet", server("kubelet", kubeletHosts), ca},
		{"front-proxy-client", client("front-proxy-client"), frontProxy},
	} {
		if _, err := issue(dir, leaf.name, leaf.template, leaf.issuer); err != nil {
			return err
		}
	}
	key, err := writeKey(dir, "service-account")
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return err
	}
	return writePEM(filepath.Join(dir, "service-account.pub"), "PUBLIC KEY", public)
}

func main() {
	dir := flag.String("dir", ".", "an existing folder")
	apiHosts := flag.String("api-hosts", "localhost,127.0.0.1", "names and addresses of the API server")
	kubeletHosts := flag.String("kubelet-hosts", "localhost,127.0.0.1", "names and addresses of the nodes")
	flag.Parse()
	if err := writeAll(*dir, *apiHosts, *kubeletHosts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
