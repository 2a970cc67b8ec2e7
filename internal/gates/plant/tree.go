package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// tree is a copy of the repository.
type tree struct{ dir string }

// copyTree copies the repository without what git and builds leave in it.
func copyTree(from, to string) (tree, error) {
	if err := os.RemoveAll(to); err != nil {
		return tree{}, fmt.Errorf("clear the copy: %w", err)
	}
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (path == ".git" || path == "bin") {
			return fs.SkipDir
		}
		target := filepath.Join(to, path)
		if entry.IsDir() {
			return os.MkdirAll(target, 0o750)
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		return os.WriteFile(target, text, info.Mode().Perm())
	})
	if err != nil {
		return tree{}, fmt.Errorf("copy the tree: %w", err)
	}
	return tree{to}, nil
}

// try plants a gate's fault, runs its target and takes the fault out again. It
// says what was not as expected, empty where red came and for the right reason.
func (t tree) try(g gate) (string, error) {
	path := filepath.Join(t.dir, g.file)
	before, err := os.ReadFile(path)
	existed := err == nil
	if err != nil && !os.IsNotExist(err) {
		return "", fmt.Errorf("read the file to change: %w", err)
	}
	after := g.change(string(before))
	if after == string(before) {
		return "NOT PLANTED: the fault changes nothing in " + g.file, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return "", fmt.Errorf("plant the fault: %w", err)
	}
	if err := os.WriteFile(path, []byte(after), 0o600); err != nil {
		return "", fmt.Errorf("plant the fault: %w", err)
	}
	out, red := t.run(g)
	if existed {
		err = os.WriteFile(path, before, 0o600)
	} else {
		err = os.Remove(path)
	}
	if err != nil {
		return "", fmt.Errorf("take the fault out: %w", err)
	}
	switch {
	case !red:
		return "NOT RED\n" + out, nil
	case !strings.Contains(out, g.want):
		return fmt.Sprintf("RED FOR ANOTHER REASON: no %q in\n%s", g.want, out), nil
	}
	return "", nil
}

// run runs a gate's target on the copy as it is, and tells whether it was red.
func (t tree) run(g gate) (out string, red bool) {
	cmd := exec.Command("make", append([]string{"--no-print-directory"}, g.target...)...)
	cmd.Dir = t.dir
	// The settings of a make above and of CI are not meant for this one.
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return strings.HasPrefix(name, "MAKE") || name == "MFLAGS" || name == "CI"
	})
	if g.env != "" {
		cmd.Env = append(cmd.Env, g.env)
	}
	text, err := cmd.CombinedOutput()
	return string(text), err != nil
}
