#include "notify/render/atom.hpp"

#include "model/digest.hpp"
#include "notify/render/days.hpp"
#include "notify/render/entries.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/items.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace regtrail::render {
namespace {

/// Text from outside for XML, on one line.
std::string xml(std::string_view text) {
  return escape_html(one_line(text));
}

/// A UUID of version 8 (RFC 9562): bits of the SHA-256 of `name`.
std::string uuid_of(std::string_view name) {
  Sha256 digest = sha256(name);
  digest.bytes[6] = static_cast<std::uint8_t>(0x80U | (digest.bytes[6] & 0x0FU));
  digest.bytes[8] = static_cast<std::uint8_t>(0x80U | (digest.bytes[8] & 0x3FU));
  std::string hex = to_hex(digest).substr(0, 32);
  for (const std::size_t at : std::array<std::size_t, 4>{20, 16, 12, 8}) {
    hex.insert(at, "-");
  }
  return "urn:uuid:" + hex;
}

/// The days of the oldest and of the newest step that has come; `today` where none has a day.
std::pair<Date, Date> first_and_last(const Item& item, Date today) {
  std::optional<Date> first;
  std::optional<Date> last;
  for (const ItemStep& step : item.steps) {
    if (step.date && *step.date <= today) {
      first = std::min(first.value_or(*step.date), *step.date);
      last = std::max(last.value_or(*step.date), *step.date);
    }
  }
  return {first.value_or(today), last.value_or(today)};
}

std::string instant(Date day) {
  return day.to_string() + "T00:00:00Z";
}

std::string headline(const Item& item, const Register& entries, Language language) {
  const Headline both = headline_of(item, entries);
  return language == Language::ja ? both.ja : both.en;
}

class AtomWriter {
public:
  AtomWriter(const FeedView& view, const Register& entries) : m_view(view), m_entries(entries) {}

  std::string run() {
    Date updated;
    for (const Item& item : m_view.items) {
      updated = std::max(updated, first_and_last(item, m_view.today).second);
    }
    m_out = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n"
                        "<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n"
                        "<author><name>regtrail</name></author>\n"
                        "<generator>regtrail</generator>\n",
                        m_view.language == Language::ja ? "ja" : "en",
                        uuid_of("feed " + m_view.name),
                        xml(m_view.title),
                        instant(m_view.items.empty() ? m_view.today : updated));
    link("self", m_view.address);
    for (const Item& item : m_view.items) {
      entry(item);
    }
    return std::move(m_out) + "</feed>\n";
  }

private:
  void link(std::string_view relation, std::string_view address) {
    if (!address.empty()) {
      m_out += fmt::format("<link rel=\"{}\" href=\"{}\"/>\n", relation, xml(address));
    }
  }

  void entry(const Item& item) {
    const auto days = first_and_last(item, m_view.today);
    m_out += fmt::format("<entry>\n<id>{}</id>\n<title>{}</title>\n"
                         "<published>{}</published>\n<updated>{}</updated>\n",
                         uuid_of("item " + item.id),
                         xml(headline(item, m_entries, m_view.language)),
                         instant(days.first),
                         instant(days.second));
    std::string_view relation = "alternate";
    for (const std::string& address : links_of(item)) {
      link(relation, address);
      relation = "related";
    }
    for (const Hit& hit : item.hits) {
      m_out += fmt::format("<category term=\"{}\" label=\"{}\"/>\n",
                           xml(hit.category),
                           xml(entry_name(hit, m_entries, m_view.language)));
    }
    m_out += "<content type=\"html\">" + escape_html(content(item)) + "</content>\n</entry>\n";
  }

  /// HTML: what the item is, what became of it, which days it names.
  [[nodiscard]] std::string content(const Item& item) const {
    const std::string title = item.rule ? item.rule->title : item.page ? item.page->title : "";
    std::string out =
        fmt::format("<p>{} ({})</p>", xml(title.empty() ? item.id : title), xml(item.id));
    out += "<ul>";
    for (const ItemStep& step : item.steps) {
      const std::string by = step.document.empty() || step.document == item.id
                                 ? ""
                                 : fmt::format(" ({})", xml(step.document));
      const std::string due = day_ahead(step)
                                  ? xml(due_phrase(item, step, *step.date, m_view.language))
                                  : step_word(item, step.kind, m_view.language);
      out += fmt::format("<li>{} {}{}</li>", date_word(step.date, m_view.language), due, by);
    }
    for (const CalendarEntry& day : item.days) {
      out += fmt::format("<li>{} {}{}</li>",
                         date_word(day.day, m_view.language),
                         day_word(day.kind, m_view.language),
                         day.at.empty() ? "" : " " + xml(day.at.to_string()));
    }
    return out + "</ul>";
  }

  const FeedView& m_view;
  const Register& m_entries;
  std::string m_out;
};

} // namespace

std::string atom_feed(const FeedView& view, const Register& entries) {
  return AtomWriter(view, entries).run();
}

} // namespace regtrail::render
