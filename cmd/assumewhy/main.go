// Command assumewhy tells why an AWS role switch was denied. Package cli says
// what it does; this file only starts it.
package main

import (
	"os"

	"github.com/assumewhy/assumewhy/pkg/cli"
)

func main() {
	os.Exit(cli.Main(cli.Process()))
}
