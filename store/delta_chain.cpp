#include "store/delta_chain_internal.hpp"
#include "store/dictionary_internal.hpp"
#include "store/trouble_internal.hpp"

#include <fmt/format.h>

#include <vector>

namespace regtrail::store {

namespace {

constexpr int keyframe_every = 32;
/// Leaves room for keyframes of the text's own.
constexpr int most_other_texts = 12;
constexpr std::size_t cache_limit = 16U << 20U;

} // namespace

DeltaChain::Row DeltaChain::row(std::int64_t id) {
  Query query = m_database.query(m_select, id);
  if (!query.next()) {
    throw Damage(fmt::format("no text number {}, though something refers to it", id));
  }
  Row row;
  row.id = id;
  row.base = query.maybe_integer(0);
  row.keyframe = query.maybe_integer(1);
  row.links = query.small(2);
  row.generation = query.small(3);
  const std::int64_t size = query.integer(4);
  if (size < 0) {
    throw Damage("a text of negative size");
  }
  row.size = static_cast<std::size_t>(size);
  row.data = query.blob(5);
  row.dictionary = query.maybe_integer(6);
  return row;
}

DeltaChain::Text DeltaChain::unpack(const Row& row, const Text& base) {
  if (!row.dictionary || base) {
    return std::make_shared<const std::string>(
        m_zstd.decompress(row.data, row.size, base ? std::string_view(*base) : std::string_view{}));
  }
  if (m_dictionaries == nullptr) {
    throw Damage(
        fmt::format("text number {}, which names a dictionary where there is none", row.id));
  }
  return std::make_shared<const std::string>(
      m_dictionaries->decompress(row.data, row.size, *row.dictionary));
}

DeltaChain::Text DeltaChain::get(std::int64_t id) {
  std::vector<Row> way; // from the text wanted back to one that is known or stands alone
  Text text;
  for (std::optional<std::int64_t> next = id; next;) {
    if (const auto cached = m_cache.find(*next); cached != m_cache.end()) {
      text = cached->second;
      break;
    }
    way.push_back(row(*next));
    next = way.back().base;
    if (next && *next >= way.back().id) {
      throw Damage(fmt::format("text number {}, which refers to a later one", way.back().id));
    }
  }
  for (auto step = way.rbegin(); step != way.rend(); ++step) {
    text = unpack(*step, text);
    remember(step->id, text);
  }
  return text;
}

Frame DeltaChain::encode(std::string_view bytes,
                         std::optional<std::int64_t> similar,
                         Resemblance how,
                         std::optional<std::int64_t> dictionary) {
  Frame frame;
  if (similar && (how == Resemblance::earlier_version || !dictionary)) {
    const Row last = row(*similar);
    const std::int64_t keyframe = last.keyframe.value_or(last.id);
    const int most_generations = how == Resemblance::other_text ? most_other_texts : keyframe_every;
    if (how == Resemblance::earlier_version && last.links + 1 < keyframe_every) {
      frame.base = last.id;
      frame.keyframe = keyframe;
      frame.links = last.links + 1;
      frame.generation = last.generation;
    } else if (last.generation + 1 < most_generations) {
      frame.base = keyframe;
      frame.generation = last.generation + 1;
    }
  }
  if (!frame.base && dictionary) {
    frame.dictionary = dictionary;
    frame.data = m_dictionaries->compress(bytes, *dictionary);
    return frame;
  }
  const Text base = frame.base ? get(*frame.base) : nullptr;
  frame.data = m_zstd.compress(bytes, base ? std::string_view(*base) : std::string_view{});
  return frame;
}

void DeltaChain::forget() {
  m_cache.clear();
  m_cached_bytes = 0;
}

void DeltaChain::remember(std::int64_t id, const Text& text) {
  if (text->size() > cache_limit / 2) {
    return;
  }
  if (m_cached_bytes + text->size() > cache_limit) {
    forget();
  }
  m_cached_bytes += text->size();
  m_cache.emplace(id, text);
}

} // namespace regtrail::store
