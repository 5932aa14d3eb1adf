// The plain text of a mail.
#include "notify/delivery/mail_view.hpp"
#include "notify/delivery/mail_words.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::delivery {

namespace {

constexpr int columns = 76;

using render::display_width;
using render::one_line;

/// Characters that begin no line, and that end none.
constexpr std::string_view closing =
    "、。，．・：；？！）」』】〉》］｝ー～…ぁぃぅぇぉっゃゅょァィゥェォッャュョ々”’＝";
constexpr std::string_view opening = "（「『【〈《［｛“‘";

std::size_t length_of(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool is_among(std::string_view character, std::string_view characters) {
  return character.size() > 1 && characters.find(character) != std::string_view::npos;
}

/// Pieces between which a line may end: words, and characters of wide scripts with the marks that
/// stand by them. A piece begins with the blank in front of it, if there is one.
std::vector<std::string> pieces_of(std::string_view text) {
  std::vector<std::string> pieces;
  bool open = false; // the next character belongs to the last piece
  bool latin = false;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view character = text.substr(i, length_of(text[i]));
    i += character.size();
    const bool wide = character.size() > 2 && display_width(character) > 1;
    const bool joins = open || (!wide && latin && character != " ") ||
                       (is_among(character, closing) && !pieces.empty());
    if (character == " ") {
      pieces.emplace_back(" ");
      open = true;
      latin = true;
      continue;
    }
    if (!joins || pieces.empty()) {
      pieces.emplace_back();
    }
    pieces.back() += character;
    open = is_among(character, opening);
    latin = !wide;
  }
  return pieces;
}

/// `text` in lines; the first has `head` in front of it, the others are indented by `hanging`.
std::string wrapped(std::string_view head, int hanging, std::string_view text) {
  std::string out(head);
  int column = display_width(head);
  bool fresh = true;
  for (const std::string& piece : pieces_of(text)) {
    const bool blank = piece.front() == ' ';
    const int width = display_width(piece);
    if (!fresh && column + width > columns) {
      out.erase(out.find_last_not_of(' ') + 1);
      out += '\n' + std::string(static_cast<std::size_t>(hanging), ' ');
      column = hanging;
      fresh = true;
    }
    const std::string_view shown = std::string_view(piece).substr(fresh && blank ? 1 : 0);
    out += shown;
    column += display_width(shown);
    fresh = fresh && shown.empty();
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

std::string wrapped(std::string_view text) {
  return wrapped("", 0, text);
}

std::string plain(const Rich& text) {
  std::string out;
  for (const Span& span : text) {
    out += one_line(span.text);
    out += span.url.empty() ? "" : " <" + one_line(span.url) + ">";
  }
  return out;
}

std::string rule(char sign) {
  return std::string(columns, sign) + "\n";
}

std::string padded(const std::string& text, int width) {
  const int missing = width - display_width(text);
  return text + std::string(static_cast<std::size_t>(std::max(missing, 0)), ' ');
}

/// One side of a word script, its own words between asterisks.
std::string side(const std::vector<WordRun>& words, WordRun::Op own) {
  std::string out;
  for (const WordRun& run : words) {
    if (run.op == WordRun::Op::same) {
      out += run.text;
    } else if (run.op == own) {
      const std::size_t begin = run.text.find_first_not_of(' ');
      const std::size_t end = run.text.find_last_not_of(' ');
      if (begin == std::string::npos) {
        continue;
      }
      out += run.text.substr(0, begin) + "*" + run.text.substr(begin, end + 1 - begin) + "*" +
             run.text.substr(end + 1);
    }
  }
  return one_line(out);
}

class TextWriter {
public:
  explicit TextWriter(render::Language language) : m_language(language) {}

  std::string take() { return std::move(m_out); }

  void operator()(const Masthead& block) {
    m_out += fmt::format("{}  {}\n{}", block.name, block.day, rule('='));
  }

  void operator()(const Title& block) { m_out += wrapped(one_line(block.text)) + "\n"; }

  void operator()(const Paragraph& block) { m_out += wrapped(plain(block.text)) + "\n"; }

  void operator()(const Summary& block) {
    for (const SummaryRow& row : block.rows) {
      m_out += wrapped(sign_and_word(row.severity) + "  ", 4, one_line(row.head));
      m_out += row.note.empty() ? "" : wrapped("    ", 4, one_line(row.note));
    }
    m_out += "\n";
  }

  void operator()(const Band& block) {
    const std::string number = block.number == 0 ? "" : fmt::format("{}. ", block.number);
    m_out += rule('=') + wrapped(fmt::format("{}{}  ", number, sign_and_word(block.severity)),
                                 4,
                                 one_line(block.status));
  }

  void operator()(const ItemTitle& block) { m_out += wrapped(one_line(block.text)) + rule('-'); }

  void operator()(const Section& block) {
    m_out += rule('=') + wrapped(one_line(block.text)) + rule('-');
  }

  void operator()(const Label& block) { m_out += wrapped("[" + one_line(block.text) + "]"); }

  void operator()(const Notice& block) {
    m_out += wrapped(one_line(block.head)) +
             (block.note.empty() ? "" : wrapped("   ", 3, one_line(block.note))) + "\n";
  }

  void operator()(const Frame& block) {
    m_out += wrapped(one_line(block.about)) +
             wrapped("  ", 2, one_line(block.before) + " → " + one_line(block.after)) + "\n";
  }

  void operator()(const Facts& block) {
    int width = 0;
    for (const Fact& fact : block.rows) {
      width = std::max(width, display_width(fact.label) + 2);
    }
    for (const Fact& fact : block.rows) {
      m_out += wrapped(padded(fact.label, width), width, plain(fact.value));
    }
    m_out += "\n";
  }

  void operator()(const Passages& block) {
    for (const Passage& passage : block.rows) {
      m_out += wrapped(one_line(passage.place) +
                       (passage.gist.empty() ? "" : "  " + one_line(passage.gist)));
      add_words(passage.words);
      m_out += passage.more.empty() ? "" : wrapped("  ", 2, one_line(passage.more));
    }
    m_out += "\n";
  }

  void operator()(const Comparison& block) {
    const auto add = [this](std::string_view label, std::string_view text) {
      if (!text.empty()) {
        m_out += wrapped(fmt::format("  {}  ", label), 4, one_line(text));
      }
    };
    m_out += wrapped(one_line(block.left));
    for (const Compared& row : block.rows) {
      add(row.left_label, row.left);
    }
    m_out += wrapped(one_line(block.right));
    for (const Compared& row : block.rows) {
      add(row.right_label, row.right);
    }
    for (const Compared& row : block.rows) {
      m_out += row.verdict.empty() ? "" : wrapped(one_line(row.verdict));
    }
    m_out += "\n";
  }

  void operator()(const Table& block) {
    std::vector<int> widths(block.columns.size(), 0);
    const auto measure = [&](const std::vector<std::string>& row) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        widths[i] = std::max(widths[i], display_width(row[i]));
      }
    };
    measure(block.columns);
    std::for_each(block.rows.begin(), block.rows.end(), measure);
    const auto write = [&](const std::vector<std::string>& row) {
      m_out += padded(row[0], widths[0]);
      for (std::size_t i = 1; i < row.size(); ++i) {
        const int missing = widths[i] - display_width(row[i]) + 2;
        m_out += std::string(static_cast<std::size_t>(missing), ' ') + row[i];
      }
      m_out += "\n";
    };
    write(block.columns);
    std::for_each(block.rows.begin(), block.rows.end(), write);
    m_out += "\n";
  }

  void operator()(const Checklist& block) {
    const std::string box = m_language == render::Language::ja ? "□ " : "[ ] ";
    for (const std::string& question : block.questions) {
      m_out += wrapped(box, display_width(box), one_line(question));
    }
    m_out += "\n";
  }

  void operator()(const Links& block) {
    for (const Span& link : block.links) {
      m_out += wrapped(one_line(link.text)) + "  " + one_line(link.url) + "\n";
    }
    m_out += "\n";
  }

  void operator()(const Lines& block) {
    for (const Line& line : block.rows) {
      m_out += wrapped("", 2, plain(line.text));
      const std::string note = plain(line.note);
      m_out += note.empty() ? "" : wrapped("  ", 2, note);
    }
    m_out += "\n";
  }

  void operator()(const Days& block) {
    int day = 0;
    int kind = 0;
    for (const DayLine& row : block.rows) {
      day = std::max(day, display_width(row.day) + 2);
      kind = std::max(kind, display_width(row.kind) + 2);
    }
    for (const DayLine& row : block.rows) {
      m_out += wrapped(padded(row.day, day) + padded(row.kind, kind), day + kind, plain(row.text));
    }
    m_out += "\n";
  }

private:
  [[nodiscard]] std::string sign_and_word(int severity) const {
    return fmt::format("{} {}", severity_sign(severity), severity_label(severity, m_language));
  }

  void add_words(const std::vector<WordRun>& words) {
    const auto has = [&](WordRun::Op op) {
      return std::any_of(
          words.begin(), words.end(), [op](const WordRun& run) { return run.op == op; });
    };
    if (words.empty()) {
      return;
    }
    if (!has(WordRun::Op::removed) && !has(WordRun::Op::added)) {
      m_out += wrapped("  ", 2, side(words, WordRun::Op::added));
      return;
    }
    const Speaker speak(m_language, {});
    const auto add = [&](const Phrase& name, WordRun::Op own) {
      const std::string head = fmt::format("  {} ", padded(speak(name), 3));
      const std::string text = side(words, own);
      m_out += text.empty() ? "" : wrapped(head, display_width(head), text);
    };
    add(say::before, WordRun::Op::removed);
    add(say::after, WordRun::Op::added);
  }

  render::Language m_language;
  std::string m_out;
};

} // namespace

const char* severity_sign(int severity) {
  switch (severity) {
  case 5:
    return "■";
  case 4:
    return "◆";
  case 3:
    return "●";
  case 2:
    return "○";
  default:
    return "・";
  }
}

std::string mail_text(const MailView& view) {
  TextWriter writer(view.language);
  for (const Block& block : view.blocks) {
    std::visit(writer, block);
  }
  return writer.take();
}

} // namespace regtrail::delivery
