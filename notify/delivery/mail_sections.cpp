#include "notify/delivery/mail_sections.hpp"

#include "notify/delivery/mail_item.hpp"
#include "notify/delivery/mail_links.hpp"
#include "notify/render/days.hpp"
#include "notify/render/entries.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/summary.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace regtrail::delivery {

namespace {

constexpr std::size_t others_shown = 20;
constexpr std::size_t days_shown = 15;
constexpr std::size_t names_shown = 10;
constexpr std::size_t names_listed = 5; ///< of what is not watched
constexpr std::size_t parts_shown = 30;
constexpr std::size_t problems_shown = 5;
constexpr int line_columns = 96;
constexpr int day_columns = 80;

bool is_among(const std::vector<std::string>& ids, const std::string& id) {
  return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// Calls `visit` with kind and id of each entry that the subscriber asks for.
template<typename Visit>
void each_asked(const DigestInput& input, const Visit& visit) {
  const auto all = [&](EntryKind kind, const auto& entries) {
    for (const auto& entry : entries) {
      if (is_among(named_entries(input.subscriber, kind), entry.id)) {
        visit(kind, entry.id);
      }
    }
  };
  const Register& entries = input.categories;
  all(EntryKind::category, entries.categories);
  all(EntryKind::product, entries.products);
  all(EntryKind::party, entries.parties);
  all(EntryKind::procedure, entries.procedures);
  all(EntryKind::destination, entries.destinations);
  all(EntryKind::watch, entries.watches);
}

std::string name_of(EntryKind kind, const std::string& id, const DigestInput& input) {
  Hit hit;
  hit.entry = kind;
  hit.category = id;
  return render::entry_name(hit, input.categories, input.subscriber.language);
}

const EntryWatch* watch_of(EntryKind kind, const std::string& id, const DigestInput& input) {
  const auto found =
      std::find_if(input.watches.begin(), input.watches.end(), [&](const EntryWatch& each) {
        return each.entry == kind && each.id == id;
      });
  return found == input.watches.end() ? nullptr : &*found;
}

bool is_watched(EntryKind kind, const std::string& id, const DigestInput& input) {
  const EntryWatch* watch = watch_of(kind, id, input);
  return watch != nullptr && watch->reasons.empty();
}

/// Counts of what the archive could not read.
void add_not_read(const DigestInput& input, const Speaker& speak, Facts& facts) {
  const ArchiveStatus& status = input.status;
  if (!status.not_understood.empty()) {
    std::vector<std::string> places;
    for (const NotUnderstoodRecord& record : status.not_understood) {
      places.push_back(speak.place(record.problem.at));
    }
    const std::size_t count = places.size();
    facts.rows.push_back(
        {speak(say::not_read),
         {{speak(
             say::not_read_places, count, speak.first_of(std::move(places), problems_shown))}}});
  }
  if (status.instructions_not_understood > 0) {
    facts.rows.push_back(
        {speak(say::not_read),
         {{speak(say::not_read_instructions, status.instructions_not_understood)}}});
  }
  if (!status.quarantined.empty()) {
    facts.rows.push_back(
        {speak(say::not_read), {{speak(say::held_answers, status.quarantined.size())}}});
  }
  if (!status.missing_texts.empty()) {
    std::vector<std::string> documents;
    for (const MissingText& each : status.missing_texts) {
      documents.push_back(each.citation.empty()
                              ? each.document
                              : speak(say::bracketed, each.document, each.citation));
    }
    facts.rows.push_back(
        {speak(say::missing_text), {{speak.first_of(std::move(documents), problems_shown)}}});
  }
  for (const PendingAmendment& each : status.withdrawn) {
    std::string what = each.document;
    what += each.title.empty() ? "" : speak(say::colon) + each.title;
    what += each.text.empty() ? "" : " (" + each.text + ")";
    facts.rows.push_back(
        {speak(say::taken_off), {{speak(say::taken_off_filing, render::one_line(what))}}});
  }
}

/// A reason why entries are not watched, as query/watched gives it: "15 CFR Part 774 is not
/// synced". What stands in front of or behind its words is its subject.
struct Lack {
  std::string_view words;
  Phrase phrase;
  bool has_subject = true;
};

constexpr std::array lacks{Lack{" is not synced", say::parts_not_held},
                           Lack{" is synced", say::parts_not_held},
                           Lack{" has no text in the archive", say::parts_not_read},
                           Lack{" was not read yet", say::parts_not_read},
                           Lack{" was never read", say::never_read},
                           Lack{" was last read on ", say::read_last},
                           Lack{" fails", say::reading_fails},
                           Lack{" is not in [pages] hosts", say::host_missing},
                           Lack{"not enabled", say::watch_disabled, false},
                           Lack{"was never asked", say::watch_never_asked, false},
                           Lack{"was last asked on ", say::watch_asked_last, false},
                           Lack{"no watch that names it is enabled", say::watch_lacking, false},
                           Lack{"a watch that names it is not watched", say::watch_lacking, false}};

/// "15 CFR 774", "連邦官報"
std::string subject_of_lack(std::string text, const Speaker& speak) {
  const auto replace = [&text](std::string_view from, std::string_view to) {
    if (const std::size_t at = text.find(from); at != std::string::npos) {
      text.replace(at, from.size(), to);
    }
  };
  replace("no part of ", "");
  replace(" CFR Parts ", " CFR ");
  replace(" CFR Part ", " CFR ");
  replace("the Federal Register", speak(say::federal_register));
  replace("the eCFR", speak(say::ecfr));
  return text;
}

/// A row a kind of reason, that of the most entries first.
void add_not_watched(const DigestInput& input, const Speaker& speak, Facts& facts) {
  struct Group {
    std::string_view phrase; ///< by which they are the same
    const Lack* lack;
    std::vector<std::string> subjects;
    std::vector<std::string> names;
  };

  std::vector<Group> groups;
  const auto add = [](std::vector<std::string>& all, std::string one) {
    if (std::find(all.begin(), all.end(), one) == all.end()) {
      all.push_back(std::move(one));
    }
  };
  each_asked(input, [&](EntryKind kind, const std::string& id) {
    const EntryWatch* watch = watch_of(kind, id, input);
    for (const std::string& reason :
         watch == nullptr ? std::vector<std::string>() : watch->reasons) {
      const auto* lack = std::find_if(lacks.begin(), lacks.end(), [&](const Lack& each) {
        return reason.find(each.words) != std::string::npos;
      });
      const std::string_view phrase = lack == lacks.end() ? reason : lack->phrase.en;
      auto group = std::find_if(
          groups.begin(), groups.end(), [&](const Group& other) { return other.phrase == phrase; });
      if (group == groups.end()) {
        group = groups.insert(groups.end(), {phrase, lack == lacks.end() ? nullptr : lack, {}, {}});
      }
      if (lack != lacks.end() && lack->has_subject) {
        add(group->subjects, subject_of_lack(reason.substr(0, reason.find(lack->words)), speak));
      }
      add(group->names, name_of(kind, id, input));
    }
  });
  std::stable_sort(groups.begin(), groups.end(), [](const Group& left, const Group& right) {
    return left.names.size() > right.names.size();
  });
  for (Group& group : groups) {
    std::sort(group.subjects.begin(),
              group.subjects.end(),
              [](const auto& left, const auto& right) { return compare_natural(left, right) < 0; });
    const std::size_t count = group.names.size();
    const std::string what =
        group.lack == nullptr
            ? std::string(group.phrase)
            : speak(group.lack->phrase, speak.first_of(std::move(group.subjects), parts_shown));
    facts.rows.push_back({speak(say::not_watched),
                          {{speak(say::not_watched_of,
                                  what,
                                  count,
                                  speak.first_of(std::move(group.names), names_listed))}}});
  }
}

/// Groups without a hit of any severity, of which everything was read.
void add_without_hit(const DigestInput& input,
                     const std::vector<Topic>& topics,
                     const Speaker& speak,
                     Facts& facts) {
  if (!sources_well(input) || input.watches.empty()) {
    return;
  }
  std::set<std::string> hit = input.held_back.entries;
  for (const Topic& topic : topics) {
    for (const Hit& each : topic.hits) {
      hit.insert(each.category);
    }
  }
  std::vector<std::string> names;
  each_asked(input, [&](EntryKind kind, const std::string& id) {
    if (kind == EntryKind::category && !hit.contains(id) && is_watched(kind, id, input)) {
      names.push_back(name_of(kind, id, input));
    }
  });
  if (!names.empty()) {
    facts.rows.push_back({speak(say::no_hit), {{speak.first_of(std::move(names), names_shown)}}});
  }
}

void add_held_back(const DigestInput& input, const Speaker& speak, Facts& facts) {
  std::string words = speak(say::held_back_count, input.held_back.count);
  std::vector<std::string> names;
  each_asked(input, [&](EntryKind kind, const std::string& id) {
    if (input.held_back.entries.contains(id)) {
      names.push_back(name_of(kind, id, input));
    }
  });
  if (!names.empty()) {
    words = speak(say::held_back_for, words, speak.first_of(std::move(names), names_shown));
  }
  facts.rows.push_back({speak(say::held_back), {{std::move(words)}}});
  if (input.cosmetic_left_out > 0) {
    facts.rows.push_back(
        {speak(say::held_back), {{speak(say::cosmetic, input.cosmetic_left_out)}}});
  }
}

/// "15 CFR 738、742部、22 CFR 121"
std::string parts_words(const DigestInput& input, const Speaker& speak) {
  constexpr std::size_t whole = 26; // parts of the EAR
  std::vector<std::string> own;
  std::vector<std::string> others;
  for (const std::string& part : input.parts) {
    (part.find(' ') == std::string::npos ? own : others).push_back(part);
  }
  std::vector<std::string> words;
  if (own.size() >= whole) {
    words.push_back(speak(say::parts_of, speak.is_japanese() ? "730～774" : "730–774"));
  } else if (!own.empty()) {
    words.push_back(speak(say::parts_of, speak.first_of(std::move(own), names_shown)));
  }
  words.insert(words.end(), others.begin(), others.end());
  return speak.first_of(std::move(words), names_shown);
}

Line other_line(const ItemNews& news, const DigestInput& input, const Speaker& speak) {
  Topic topic;
  topic.news = &news;
  return topic_line(topic, input, speak);
}

} // namespace

Line topic_line(const Topic& topic, const DigestInput& input, const Speaker& speak) {
  const Item* item = topic.item();
  const Document* rule = topic.rule();
  Line line;
  std::string brief = topic_words(topic, input, speak).brief;
  if (item != nullptr && rule == nullptr && !item->page && !item->changes.empty()) {
    brief = speak(render::headline_of(*item));
  }
  line.text.push_back({speak.cut(brief, line_columns)});
  const auto add = [&line](Span span) {
    if (!line.note.empty()) {
      line.note.push_back({"  "});
    }
    line.note.push_back(std::move(span));
  };
  const std::string standing = standing_words(topic, speak);
  if (!standing.empty()) {
    add({standing});
  }
  if (rule != nullptr) {
    const std::string citation = fr_citation_of(*rule);
    add({citation.empty() ? rule->number : citation, document_url(*rule)});
  } else if (!topic.citation.empty()) {
    add({topic.citation, citation_url(topic.citation)});
  } else if (item != nullptr && item->page) {
    add({item->page->address, item->page->address});
  } else if (item == nullptr || !item->changes.empty()) {
    if (item != nullptr && item->ecfr) {
      add({speak(say::codified_on, speak.day(*item->ecfr))});
    }
    add({speak(say::unknown_rule)});
  }
  return line;
}

std::size_t count_of_others(const DigestInput& input,
                            const std::vector<const Topic*>& without_news) {
  return input.others.size() + without_news.size();
}

std::vector<Block> other_blocks(const DigestInput& input,
                                const std::vector<const Topic*>& without_news,
                                const Speaker& speak) {
  const std::size_t count = count_of_others(input, without_news);
  if (count == 0) {
    return {};
  }
  Lines lines;
  for (const Topic* topic : without_news) {
    Line line = topic_line(*topic, input, speak);
    line.note.push_back({"  " + speak(say::without_news)});
    lines.rows.push_back(std::move(line));
  }
  for (const ItemNews& news : input.others) {
    if (lines.rows.size() == others_shown) {
      break;
    }
    lines.rows.push_back(other_line(news, input, speak));
  }
  if (count > lines.rows.size()) {
    lines.rows.push_back({{{speak(say::others_more, count - lines.rows.size())}}, {}});
  }
  const std::size_t others = input.others.size();
  const std::string heading = !without_news.empty() ? speak(say::others_mixed, count)
                              : others == 1         ? speak(say::others_one)
                                                    : speak(say::others, others);
  return {Section{heading}, std::move(lines)};
}

std::vector<Block> day_blocks(const DigestInput& input,
                              const std::map<std::string, int>& numbers,
                              const Speaker& speak) {
  std::vector<Block> out{
      Section{speak(say::dates, speak.weekday(speak.today() + std::chrono::days(90)))}};
  const bool read = reads_documents(input);
  if (!input.days || input.days->empty()) {
    out.emplace_back(
        Paragraph{{{speak(input.days && read ? say::dates_none : say::dates_unknown)}}});
    return out;
  }
  Days days;
  for (const DayAhead& day : *input.days) {
    if (days.rows.size() == days_shown) {
      break;
    }
    const CalendarEntry& entry = day.entry;
    DayLine line;
    line.day = speak.short_weekday(entry.day);
    line.kind = render::day_word(entry.kind, speak.language());
    const std::string place = entry.at.empty() ? "" : speak.place(entry.at);
    line.text.push_back({place.empty() ? speak.cut(day.title, day_columns)
                         : day.title.empty()
                             ? place
                             : speak(say::bracketed, place, speak.cut(day.title, day_columns))});
    if (!entry.document.empty()) {
      line.text.push_back({" "});
      line.text.push_back({day.citation.empty() ? entry.document : day.citation,
                           "https://www.federalregister.gov/d/" + entry.document});
    } else if (!entry.words.empty()) {
      line.text.push_back(
          {speak(say::colon) + speak(say::title_quoted, speak.cut(entry.words, day_columns))});
    }
    const auto number = numbers.find(entry.item);
    if (number != numbers.end()) {
      line.text.push_back({speak(say::bracketed, "", speak(say::item_number, number->second))});
    }
    days.rows.push_back(std::move(line));
  }
  const std::size_t more = input.days->size() - days.rows.size();
  out.emplace_back(std::move(days));
  if (more > 0) {
    out.emplace_back(Paragraph{{{speak(say::more, more)}}, Paragraph::Size::small});
  }
  if (!read) {
    out.emplace_back(Paragraph{{{speak(say::dates_unknown)}}, Paragraph::Size::small});
  }
  if (!input.pages.empty()) {
    out.emplace_back(Links{{{speak(say::all_dates), input.pages + "/calendar.html"}}});
  }
  return out;
}

std::vector<Block>
checked_blocks(const DigestInput& input, const std::vector<Topic>& topics, const Speaker& speak) {
  Facts facts;
  if (input.status.sources.empty()) {
    facts.rows.push_back({speak(say::checked), {{speak(say::never_checked)}}});
  }
  for (const SourceStatus& source : input.status.sources) {
    std::vector<std::string> words;
    const std::string parts = source.source == "ecfr" ? parts_words(input, speak) : "";
    const std::string range = source_range(source, speak);
    if (!range.empty()) {
      words.push_back(parts.empty() ? range : speak(say::range_of, parts, range));
    }
    if (source.last_success) {
      words.push_back(speak(say::last_read, speak.instant(*source.last_success)));
    }
    std::string value = speak.list(words);
    if (source.health != Health::healthy) {
      value += (value.empty() ? "" : speak.is_japanese() ? "。" : ". ") + speak(say::source_fails);
    }
    facts.rows.push_back({source_name(source.source, speak), {{std::move(value)}}});
  }
  add_without_hit(input, topics, speak, facts);
  add_held_back(input, speak, facts);
  add_not_watched(input, speak, facts);
  add_not_read(input, speak, facts);
  return {Section{speak(say::checked)}, std::move(facts)};
}

Block footer(const DigestInput& input, const Speaker& speak) {
  std::vector<std::string> sentences;
  if (!input.subscriber.name.empty()) {
    sentences.push_back(speak(say::sent_to, input.subscriber.name) +
                        (speak.is_japanese() ? "。" : "."));
  }
  sentences.push_back(speak(say::disclaimer));
  return Paragraph{{{speak.sentences(sentences)}}, Paragraph::Size::small};
}

std::string entries_words(const DigestInput& input, const Speaker& speak) {
  std::map<EntryKind, std::size_t> counts;
  each_asked(input, [&](EntryKind kind, const std::string&) { ++counts[kind]; });
  std::vector<std::string> words;
  for (const auto& [kind, count] : counts) {
    switch (kind) {
    case EntryKind::category:
      words.push_back(speak(say::groups, count));
      break;
    case EntryKind::product:
      words.push_back(speak(say::products, count));
      break;
    case EntryKind::party:
      words.push_back(speak(say::parties, count));
      break;
    case EntryKind::procedure:
      words.push_back(speak(say::procedures, count));
      break;
    case EntryKind::destination:
      words.push_back(speak(say::destinations, count));
      break;
    case EntryKind::watch:
      words.push_back(speak(say::watches, count));
      break;
    }
  }
  return speak.list(words);
}

std::size_t unwatched_entries(const DigestInput& input) {
  std::size_t count = 0;
  each_asked(input, [&](EntryKind kind, const std::string& id) {
    const EntryWatch* watch = watch_of(kind, id, input);
    count += watch != nullptr && !watch->reasons.empty();
  });
  return count;
}

bool sources_well(const DigestInput& input) {
  const std::vector<SourceStatus>& sources = input.status.sources;
  return !sources.empty() &&
         std::all_of(sources.begin(), sources.end(), [](const SourceStatus& source) {
           return source.health == Health::healthy && source.last_success;
         });
}

bool reads_documents(const DigestInput& input) {
  const auto& sources = input.status.sources;
  return std::any_of(sources.begin(), sources.end(), [](const SourceStatus& each) {
    return each.source == "federal-register" && each.last_success;
  });
}

std::string source_name(const std::string& source, const Speaker& speak) {
  return source == "ecfr"               ? speak(say::ecfr)
         : source == "federal-register" ? speak(say::federal_register)
         : source == "pages"            ? speak(say::watched_pages)
                                        : source;
}

std::string source_range(const SourceStatus& source, const Speaker& speak) {
  const std::optional<Date> to =
      source.valid_through ? source.valid_through : source.newest_issue_date;
  return !to ? ""
             : speak(source.source == "ecfr" ? say::checked_to : say::checked_to_fr,
                     speak.day(*to));
}

} // namespace regtrail::delivery
