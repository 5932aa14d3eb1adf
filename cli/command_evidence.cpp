// regtrail evidence ITEM FILE.zip: all that an item rests on, for somebody without this program.
#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/json_text.hpp"
#include "cli/matching.hpp"
#include "cli/version.hpp"
#include "model/digest.hpp"
#include "notify/render/csv.hpp"
#include "notify/render/document.hpp"
#include "notify/render/evidence.hpp"
#include "notify/render/html.hpp"
#include "notify/render/items.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"
#include "notify/render/zip.hpp"
#include "query/evidence.hpp"
#include "query/items.hpp"
#include "query/suggest.hpp"

#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::cli {
namespace {

using Row = std::vector<std::string>;

/// "Supplement No. 4 to Part 744" as "supplement-no.-4-to-part-744".
std::string file_name(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
    const bool capital = c >= 'A' && c <= 'Z';
    if (letter || capital) {
      name += capital ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  return name;
}

/// By what the bytes are.
std::string_view extension_of(std::string_view body) {
  constexpr std::pair<std::string_view, std::string_view> beginnings[] = {
      {"{", "json"},
      {"[", "json"},
      {"%PDF", "pdf"},
      {"<!DOCTYPE html", "html"},
      {"<!doctype html", "html"},
      {"<html", "html"},
      {"<", "xml"},
  };
  const std::size_t first = body.find_first_not_of(" \t\r\n");
  const std::string_view text = first == std::string_view::npos ? "" : body.substr(first);
  for (const auto& [beginning, extension] : beginnings) {
    if (text.starts_with(beginning)) {
      return extension;
    }
  }
  return "bin";
}

std::string table(const Row& head, const std::vector<Row>& rows) {
  std::string out(render::byte_order_mark);
  render::add_csv_row(out, head);
  for (const Row& row : rows) {
    render::add_csv_row(out, row);
  }
  return out;
}

std::string headers_of(const query::EvidenceAnswer& answer) {
  std::string out;
  for (const store::Fetch& fetch : answer.fetches) {
    out += fmt::format("{}received {}\nfinal address {}\nHTTP status {}\n",
                       out.empty() ? "" : "\n",
                       to_string(fetch.at),
                       fetch.final_url,
                       fetch.status);
    for (const auto& [name, value] : fetch.headers) {
      out += fmt::format("{}: {}\n", name, value);
    }
  }
  return out;
}

class Files {
public:
  Files(const query::Evidence& evidence, const Register& entries)
      : m_evidence(evidence),
        m_entries(entries) {}

  std::map<std::string, std::string> take() {
    add_item();
    add_answers();
    add_documents();
    add_texts();
    add_redlines();
    add_mails();
    add_judgements();
    return std::move(m_files);
  }

private:
  void add_item() {
    m_files["item.txt"] = render::items_text({m_evidence.item}, m_entries, {});
    m_files["item.json"] = render::items_json({m_evidence.item}, m_entries);
  }

  void add_answers() {
    std::vector<Row> rows;
    for (const query::EvidenceAnswer& answer : m_evidence.answers) {
      const store::RawRecord& record = answer.record;
      const std::string stem = fmt::format("answers/{}", record.id);
      const std::string file = fmt::format("{}.{}", stem, extension_of(answer.body));
      m_names[record.id] = file;
      m_files[file] = answer.body;
      m_files[stem + ".headers.txt"] = headers_of(answer);
      rows.push_back({file,
                      to_hex(record.sha256),
                      std::to_string(record.size),
                      record.source,
                      record.url,
                      record.final_url,
                      to_string(record.fetched_at),
                      to_string(answer.fetches.back().at),
                      std::to_string(answer.fetches.size()),
                      std::to_string(record.status),
                      record.quarantine,
                      fmt::format("{}", fmt::join(answer.uses, "; "))});
    }
    m_files["answers.csv"] = table({"file",
                                    "sha256",
                                    "bytes",
                                    "source",
                                    "address asked",
                                    "final address",
                                    "first received",
                                    "last received",
                                    "times received",
                                    "HTTP status",
                                    "held back because",
                                    "used for"},
                                   rows);
  }

  void add_documents() {
    for (const Document& document : m_evidence.documents) {
      const std::string stem = "documents/" + file_name(document.number);
      m_files[stem + ".txt"] = render::document_text(document, {});
      m_files[stem + ".json"] = render::document_json(document);
    }
  }

  void add_texts() {
    std::vector<Row> rows;
    for (const query::EvidenceText& each : m_evidence.texts) {
      const std::string unit = each.unit.to_string();
      if (!each.text) {
        rows.push_back({unit, each.day.to_string()});
        rows.back().resize(8);
        continue;
      }
      const std::string file =
          fmt::format("texts/{}_{}.txt", file_name(unit), each.day.to_string());
      TextOnDay day;
      day.asked = each.day;
      m_files[file] = render::show_text(each.unit, day, *each.text, {&each.text->root}, {}, {});
      std::vector<std::string> offsets;
      std::vector<std::string> lengths;
      for (const ByteRange& range : each.ranges) {
        offsets.push_back(std::to_string(range.offset));
        lengths.push_back(std::to_string(range.length));
      }
      rows.push_back({unit,
                      each.day.to_string(),
                      file,
                      each.since->to_string(),
                      m_names.at(each.raw),
                      render::joined(offsets, " "),
                      render::joined(lengths, " "),
                      to_hex(*each.sha256)});
    }
    m_files["texts.csv"] = table(
        {"unit", "date", "file", "this text since", "answer", "offset", "length", "sha256"}, rows);
  }

  void add_redlines() {
    for (const DiffResult& diff : m_evidence.redlines) {
      const auto day = [](const SideInfo& side) {
        return side.date ? "_" + side.date->to_string() : "";
      };
      const std::string name = fmt::format(
          "redline/{}{}{}.html", file_name(diff.after.unit), day(diff.before), day(diff.after));
      m_files[name] = render::diff_html(diff, render::Language::en);
    }
  }

  void add_mails() {
    std::vector<Row> rows;
    for (const auto& [message, sent_at] : m_evidence.messages) {
      const std::string file = fmt::format("mails/{}.eml", message.id);
      m_files[file] = message.bytes;
      for (const store::Told& told : message.told) {
        rows.push_back({file,
                        message.subscriber,
                        message.recipient,
                        told.step,
                        told.issue_date.to_string(),
                        told.at.to_string(),
                        message.message_id,
                        to_string(message.queued_at),
                        sent_at ? to_string(*sent_at) : "",
                        std::to_string(message.attempts),
                        message.last_error});
      }
    }
    m_files["mails.csv"] = table({"file",
                                  "subscriber",
                                  "recipient",
                                  "step told",
                                  "date of the step",
                                  "place or document",
                                  "Message-ID",
                                  "queued",
                                  "handed over",
                                  "attempts",
                                  "last error"},
                                 rows);
  }

  void add_judgements() {
    std::vector<Row> rows;
    for (const store::Judgement& each : m_evidence.judgements) {
      rows.push_back({to_string(each.given_at),
                      each.who,
                      each.relevant ? "relevant" : "irrelevant",
                      each.item,
                      each.note});
    }
    m_files["judgements.csv"] = table({"given", "who", "judgement", "item", "note"}, rows);
  }

  const query::Evidence& m_evidence;
  const Register& m_entries;
  std::map<std::string, std::string> m_files;  ///< bytes by name
  std::map<store::RawId, std::string> m_names; ///< files of answers
};

/// README.txt and SHA256SUMS first, then the others by name.
std::vector<render::ZipMember>
evidence_files(const query::Evidence& evidence, const Register& entries, Date on) {
  std::map<std::string, std::string> files = Files(evidence, entries).take();
  std::vector<std::string> names;
  for (const auto& [name, bytes] : files) {
    names.push_back(name);
  }
  std::string readme = render::evidence_readme(
      evidence.item, entries, fmt::format("regtrail {}", version()), on, names);
  std::string sums = fmt::format("{}  README.txt\n", to_hex(sha256(readme)));
  for (const auto& [name, bytes] : files) {
    sums += fmt::format("{}  {}\n", to_hex(sha256(bytes)), name);
  }
  std::vector<render::ZipMember> members{{"README.txt", std::move(readme)},
                                         {"SHA256SUMS", std::move(sums)}};
  for (auto& [name, bytes] : files) {
    members.push_back({name, std::move(bytes)});
  }
  return members;
}

/// The one item with the id.
Result<Item> item_with(const std::vector<Item>& items, const std::string& id) {
  constexpr std::size_t most_near = 3;
  const auto found = query::items_by_id(items, id);
  std::vector<std::string> ids;
  for (const Item& item : found.empty() ? items : found) {
    ids.push_back(item.id);
  }
  if (found.empty()) {
    const auto near = query::one_of(query::closest(id, ids, most_near));
    return fail(ErrorKind::not_found,
                fmt::format("no item '{}' in the archive{}; all ids: regtrail items --all",
                            id,
                            near.empty() ? "" : "; near: " + near));
  }
  if (found.size() > 1) {
    return fail(
        ErrorKind::usage,
        fmt::format("'{}' leads to {} items, give one: {}", id, ids.size(), query::one_of(ids)));
  }
  return found.front();
}

class EvidenceCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("a ZIP file with all that an item rests on, for an auditor");
    app.add_option("item and file",
                   m_words,
                   "an item's id, e.g. 2026-16628 or 15 CFR 744@2026-09-04, and the file to write");
    app.add_flag("--force", m_force, "replace the file where it exists");
    app.footer(
        "The answers of the sources with headers, addresses, times and SHA-256, both texts of\n"
        "what changed, the redline, whom it touches and why, who was told and the mails as\n"
        "sent, judgements, and a README in English and Japanese. The same archive and day\n"
        "give the same bytes.\n"
        "CONFIDENTIAL: it holds words of your register, judgements, and whole mails, which\n"
        "tell of other items too.\n"
        "\n"
        "examples:\n"
        "  regtrail evidence 2026-16628 2026-16628.zip\n"
        "  regtrail evidence \"15 CFR 744@2026-09-04\" changes.zip --force");
  }

  Result<ExitCode> run(Session& session) override {
    if (m_words.size() < 2) {
      return fail(ErrorKind::usage,
                  "give an item and the file to write, e.g. regtrail evidence 2026-16628 "
                  "2026-16628.zip");
    }
    const std::string file = m_words.back();
    const std::string id = fmt::format("{}", fmt::join(m_words.begin(), m_words.end() - 1, " "));
    query::ItemQuery all;
    all.on = session.today();
    all.only_hits = false;
    TRY_ASSIGN(const auto config, session.load_config());
    TRY_ASSIGN(const auto loaded, session.load_register(config));
    const Register& entries = loaded.categories;
    TRY_ASSIGN(auto archive, open_matched_archive(session, loaded));
    TRY_ASSIGN(const auto items, query::find_items(archive, diff::Matcher(entries), all));
    TRY_ASSIGN(const auto item, item_with(items, id));
    TRY_ASSIGN(const auto evidence, query::gather_evidence(archive, entries, item, all.on));
    const auto members = evidence_files(evidence, entries, all.on);
    const std::string bytes = render::zip(members);
    TRY(write(file, bytes));
    report(session, item.id, file, members.size(), to_hex(sha256(bytes)));
    return ExitCode::done;
  }

private:
  [[nodiscard]] Result<void> write(const std::string& file, const std::string& bytes) const {
    TRY_ASSIGN(const auto written, write_new_file(file, bytes));
    if (written != Written::kept) {
      return {};
    }
    if (!m_force) {
      return fail(ErrorKind::usage,
                  fmt::format("'{}' exists and is kept; --force replaces it", file));
    }
    return replace_file(file, bytes);
  }

  static void report(Session& session,
                     const std::string& item,
                     const std::string& file,
                     std::size_t files,
                     const std::string& sha256) {
    if (session.json()) {
      session.console().print(json_text(
          {{"schema", 1}, {"item", item}, {"file", file}, {"files", files}, {"sha256", sha256}}));
      return;
    }
    session.console().print(
        fmt::format("{}: {} files on {}, confidential\nSHA-256 {}\n", file, files, item, sha256));
  }

  std::vector<std::string> m_words; ///< of the id, then the file
  bool m_force = false;
};

} // namespace

std::unique_ptr<Command> make_evidence_command() {
  return std::make_unique<EvidenceCommand>();
}

} // namespace regtrail::cli
