package gates

import (
	"regexp"
	"strings"
)

// Command is one command of a document's fenced block, as words without quotes.
type Command struct {
	// Line is the line of the document, counted from 1.
	Line int
	// Words are the command and its arguments; variables set before the
	// command are left out.
	Words []string
}

var (
	fence      = regexp.MustCompile("^\\s*(```+|~~~+)\\s*([A-Za-z]*)")
	assignment = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*=`)
)

// Block is what one fenced block of a document has as commands.
type Block struct {
	// Line is the document's line of the first command, counted from 1.
	Line int
	// Script is the commands as a shell reads them, a line each.
	Script string
}

// Blocks reads the blocks of a Markdown document that are marked sh, bash or
// console. In a console block only what follows a "$ " prompt is a command,
// with the lines that it is continued on; the rest is output.
func Blocks(markdown string) []Block {
	var blocks []Block
	open, language := "", ""
	var block Block
	lines := strings.Split(markdown, "\n")
	for i := 0; i < len(lines); i++ {
		if m := fence.FindStringSubmatch(lines[i]); m != nil {
			switch {
			case open == "":
				open, language, block = m[1], m[2], Block{}
			case strings.HasPrefix(m[1], open) && m[2] == "":
				if open, language = "", ""; block.Script != "" {
					blocks = append(blocks, block)
				}
			}
			continue
		}
		line, number := lines[i], i+1
		switch language {
		case "console":
			rest, prompt := strings.CutPrefix(strings.TrimSpace(line), "$ ")
			if !prompt {
				continue
			}
			line = rest
		case "sh", "bash":
		default:
			continue
		}
		for strings.HasSuffix(line, `\`) && i+1 < len(lines) {
			i++
			line += "\n" + lines[i]
		}
		if block.Script == "" {
			block.Line = number
		}
		block.Script += line + "\n"
	}
	return blocks
}

// Commands reads the commands of the blocks that [Blocks] finds. Pipes, lists
// (&&, ||, ;) and continued lines are followed; a here-document and $(…) are
// not understood.
func Commands(markdown string) []Command {
	var commands []Command
	for _, b := range Blocks(markdown) {
		lines := strings.Split(strings.TrimSuffix(b.Script, "\n"), "\n")
		for i := 0; i < len(lines); i++ {
			line, number := lines[i], b.Line+i
			for strings.HasSuffix(line, `\`) && i+1 < len(lines) {
				i++
				line = strings.TrimSuffix(line, `\`) + " " + lines[i]
			}
			commands = append(commands, splitCommands(line, number)...)
		}
	}
	return commands
}

// splitCommands cuts one line into its commands.
func splitCommands(line string, number int) []Command {
	var commands []Command
	var words []string
	flush := func() {
		for len(words) > 0 && assignment.MatchString(words[0]) {
			words = words[1:]
		}
		if len(words) > 0 {
			commands = append(commands, Command{Line: number, Words: words})
		}
		words = nil
	}
	for _, word := range splitWords(line) {
		switch word {
		case "|", "&&", "||", ";", "&":
			flush()
		default:
			words = append(words, word)
		}
	}
	flush()
	return commands
}

// splitWords splits as a shell does with quotes, comments and the operators
// that end a command; an operator is a word of its own.
func splitWords(line string) []string {
	var words []string
	var word strings.Builder
	started := false
	end := func() {
		if started {
			words = append(words, word.String())
			word.Reset()
			started = false
		}
	}
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\'' || c == '"':
			started = true
			closing := strings.IndexByte(line[i+1:], c)
			if closing < 0 {
				closing = len(line) - i - 1
			}
			word.WriteString(line[i+1 : i+1+closing])
			i += closing + 1
		case c == ' ' || c == '\t':
			end()
		case c == '#' && !started:
			return words
		case strings.IndexByte("|&;", c) >= 0:
			end()
			operator := string(c)
			if i+1 < len(line) && line[i+1] == c {
				operator += string(c)
				i++
			}
			words = append(words, operator)
		default:
			started = true
			word.WriteByte(c)
		}
	}
	end()
	return words
}
