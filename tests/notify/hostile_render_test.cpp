// Every renderer on every kind of hostile text: one table, so that a new renderer or a new kind of
// text is one line here.
#include "notify/delivery/digest.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/html.hpp"
#include "notify/render/json.hpp"
#include "notify/render/terminal.hpp"
#include "tests/notify/samples.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <ctime>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using namespace regtrail;

namespace {

// --- renderers -----------------------------------------------------------------------------------

enum class Form { terminal, html, json, csv, mail };

struct Renderer {
  const char* name;
  Form form;
  std::function<std::string(const DiffResult&)> render;
};

std::string in_terminal(const DiffResult& diff, render::DiffLayout layout) {
  render::TerminalStyle style;
  style.layout = layout;
  return render::diff_text(diff, style);
}

Hit some_hit(std::size_t number) {
  Hit hit;
  hit.id = std::to_string(number);
  hit.category = "etch";
  hit.score = 0.9;
  hit.severity = 4;
  hit.reasons = {{Signal::term, "etch", "15 CFR 744.23", 0.9}};
  return hit;
}

delivery::Digest digest_of(const DiffResult& diff, render::Language language) {
  delivery::DigestInput input;
  input.subscriber.language = language;
  for (const Change& change : diff.changes) {
    store::StoredChange stored;
    stored.change = change;
    stored.before_date = Date(2026, 6, 2);
    stored.after_date = Date(2026, 8, 13);
    stored.hits.push_back(some_hit(input.changes.size()));
    input.changes.push_back(std::move(stored));
  }
  for (const NotUnderstood& problem : diff.not_understood) {
    input.status.not_understood.push_back({});
    input.status.not_understood.back().problem = problem;
  }
  return delivery::compose_digest(input);
}

std::vector<render::FeedItem> feed_of(const DiffResult& diff) {
  std::vector<render::FeedItem> items;
  for (const Change& change : diff.changes) {
    items.push_back({change,
                     some_hit(items.size()),
                     diff.before,
                     diff.after,
                     std::nullopt,
                     render::headline_of(change)});
  }
  return items;
}

const std::vector<Renderer>& renderers() {
  using render::DiffLayout;
  using render::Language;
  static const std::vector<Renderer> all = {
      {"inline",
       Form::terminal,
       [](const DiffResult& diff) { return in_terminal(diff, DiffLayout::redline); }},
      {"side by side",
       Form::terminal,
       [](const DiffResult& diff) { return in_terminal(diff, DiffLayout::side_by_side); }},
      {"brief",
       Form::terminal,
       [](const DiffResult& diff) { return in_terminal(diff, DiffLayout::brief); }},
      {"feed",
       Form::terminal,
       [](const DiffResult& diff) { return render::changes_text(feed_of(diff), {}, {}); }},
      {"html", Form::html, [](const DiffResult& diff) { return diff_html(diff, Language::en); }},
      {"table",
       Form::html,
       [](const DiffResult& diff) { return comparison_table_html(diff, Language::ja); }},
      {"csv",
       Form::csv,
       [](const DiffResult& diff) { return comparison_table_csv(diff, Language::en); }},
      {"json", Form::json, [](const DiffResult& diff) { return render::diff_json(diff); }},
      {"feed as json",
       Form::json,
       [](const DiffResult& diff) { return render::changes_json(feed_of(diff)); }},
      {"digest",
       Form::mail,
       [](const DiffResult& diff) { return digest_of(diff, Language::en).text; }},
      {"digest in html",
       Form::html,
       [](const DiffResult& diff) { return digest_of(diff, Language::ja).html; }},
      {"subject",
       Form::mail,
       [](const DiffResult& diff) { return digest_of(diff, Language::ja).subject; }},
  };
  return all;
}

// --- texts ---------------------------------------------------------------------------------------

/// A diff that says `text` wherever a diff can say something of others.
DiffResult saying(const std::string& text) {
  DiffResult diff;
  diff.before = {text, Date(2026, 6, 2), {}};
  diff.after = {text, Date(2026, 8, 13), {}};
  Change revised =
      test::change_of(ChangeKind::revised,
                      "15 CFR 744.23(a)",
                      {{'=', "same " + text + " "}, {'-', text}, {'+', "new " + text}});
  revised.typed.push_back({TypedChangeType::scope, text, text, "new", Direction::unclear, text});
  revised.causes.push_back({text, text, 0.5, {CauseEvidence::cita}});
  diff.changes.push_back(revised);
  diff.changes.push_back(test::change_of(ChangeKind::added, "15 CFR 744.23(b)", {{'+', text}}));
  diff.changes.push_back(test::change_of(ChangeKind::removed, "15 CFR 744.23(c)", {{'-', text}}));
  const Citation row =
      test::cite("Supplement No. 4 to Part 744").child({Step::Kind::named, text, 1});
  diff.notes.push_back({row, NoteField::ednote, text, "new " + text});
  diff.status.push_back({row, StatusEventKind::stayed, Date(2026, 8, 13), std::nullopt});
  diff.not_understood.push_back({row, text, text});
  return diff;
}

/// The same for a text so long that one of its kind is enough.
DiffResult saying_once(const std::string& text) {
  DiffResult diff = saying("short");
  diff.changes[0] = test::change_of(
      ChangeKind::revised, "15 CFR 744.23(a)", {{'-', "old "}, {'+', "new "}, {'=', text}});
  diff.changes[1].after = text;
  return diff;
}

DiffResult saying_in_siblings(std::size_t count) {
  DiffResult diff = saying("short");
  for (std::size_t i = 0; i < count; ++i) {
    Change change = test::change_of(ChangeKind::revised,
                                    "15 CFR 744.23",
                                    {{'=', "Case "}, {'-', "old"}, {'+', "new"}, {'=', " end."}});
    change.at = change.at.child({Step::Kind::paragraph, "(" + std::to_string(i + 1) + ")", 1});
    change.id = std::to_string(i);
    diff.changes.push_back(std::move(change));
  }
  return diff;
}

DiffResult saying_in_lines(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += "(" + std::to_string(i + 1) + ") A member of the list.\n";
  }
  return saying_once(text);
}

DiffResult saying_at_depth(std::size_t levels) {
  DiffResult diff = saying("short");
  Citation at = test::cite("15 CFR 744.23");
  std::string text;
  for (std::size_t i = 0; i < levels; ++i) {
    at = std::move(at).child({Step::Kind::paragraph, "(a)", 1});
    text += "(a) below\n";
  }
  for (Change& change : diff.changes) {
    change.was = change.at;
    change.at = at;
  }
  diff.changes[1].after = text;
  return diff;
}

const std::string markup = "<script>alert(1)</script><img src=x onerror=\"y\">'&amp;</style>";
const std::string escapes = "\x1b]0;title\x07\x1b[2J\x1b[31mred\x9b"
                            "1m\r\x08\x7f\xe2\x80\xae bidi\nline";
const std::string formula = "=HYPERLINK(\"http://x\",\"y\")";

struct Text {
  const char* name;
  std::function<DiffResult()> diff;
};

const std::vector<Text>& texts() {
  static const std::vector<Text> all = {
      {"markup", [] { return saying(markup); }},
      {"terminal escapes", [] { return saying(escapes); }},
      {"a formula", [] { return saying(formula); }},
      {"a line of ten megabytes", [] { return saying_once(std::string(10'000'000, 'x')); }},
      {"a megabyte of words",
       [] {
         std::string words;
         while (words.size() < 1'000'000) {
           words += "word ";
         }
         return saying_once(words);
       }},
      {"20,000 changed siblings", [] { return saying_in_siblings(20'000); }},
      {"100,000 siblings in one change", [] { return saying_in_lines(100'000); }},
      {"2,000 levels", [] { return saying_at_depth(2'000); }},
  };
  return all;
}

// --- what must hold ------------------------------------------------------------------------------

bool has_control(std::string_view text, std::string_view allowed) {
  return std::any_of(text.begin(), text.end(), [allowed](char c) {
    return (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) &&
           allowed.find(c) == std::string_view::npos;
  });
}

/// What would make a reader's program do something because a text of others says so; "" if nothing.
std::string harm_in(const std::string& out, Form form) {
  // JSON strings may hold DEL; programs read them.
  if (has_control(out, form == Form::csv ? "\r\n\t" : form == Form::json ? "\n\x7f" : "\n\t")) {
    return "a control character";
  }
  // C1 controls as UTF-8, and what turns the direction of writing, are escapes as well.
  if (form != Form::json && out.find("\xc2\x9b") != std::string::npos) {
    return "a C1 control";
  }
  if (form == Form::html) {
    for (const char* tag : {"<script", "<img", "</style><", "onerror=\""}) {
      if (out.find(tag) != std::string::npos) {
        return tag;
      }
    }
  }
  if (form == Form::csv &&
      (out.find(",\"=") != std::string::npos || out.find(",=") != std::string::npos)) {
    return "a formula";
  }
  if (form == Form::json && !nlohmann::json::accept(out)) {
    return "no JSON";
  }
  return "";
}

/// Seconds of this process, the best of three.
double seconds(const Renderer& renderer, const DiffResult& diff) {
  double best = std::numeric_limits<double>::max();
  for (int i = 0; i < 3; ++i) {
    const std::clock_t begin = std::clock();
    CHECK_FALSE(renderer.render(diff).empty());
    best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return best;
}

} // namespace

TEST_CASE("no renderer passes on what a hostile text would do to its reader", "[notify][hostile]") {
  for (const Text& text : texts()) {
    const DiffResult diff = text.diff();
    for (const Renderer& renderer : renderers()) {
      INFO(renderer.name << " of " << text.name);
      const std::string out = renderer.render(diff);
      CHECK_FALSE(out.empty());
      CHECK(harm_in(out, renderer.form) == "");
    }
  }
}

TEST_CASE("four times the text costs no renderer much more than four times the work",
          "[notify][hostile]") {
  struct Growth {
    const char* name;
    std::function<DiffResult(std::size_t)> diff;
    std::size_t size;
  };

  const std::vector<Growth> growths = {
      {"one line", [](std::size_t n) { return saying_once(std::string(n, 'x')); }, 100'000},
      {"edits in one text",
       [](std::size_t n) {
         DiffResult diff = saying("short");
         for (std::size_t i = 0; i < n; ++i) {
           diff.changes[0].words.push_back({WordRun::Op::same, " common words that stay "});
           diff.changes[0].words.push_back({WordRun::Op::removed, "old"});
           diff.changes[0].words.push_back({WordRun::Op::added, "new"});
         }
         return diff;
       },
       1'000},
      {"siblings", saying_in_siblings, 500},
      {"lines", saying_in_lines, 2'500},
      {"levels", saying_at_depth, 250},
  };
  for (const Growth& growth : growths) {
    const DiffResult small = growth.diff(growth.size);
    const DiffResult large = growth.diff(4 * growth.size);
    for (const Renderer& renderer : renderers()) {
      INFO(renderer.name << " of " << growth.name);
      // Sixteen times would be quadratic; below 20 ms other work of the machine decides.
      CHECK(seconds(renderer, large) < 10 * std::max(seconds(renderer, small), 0.005));
    }
  }
}
