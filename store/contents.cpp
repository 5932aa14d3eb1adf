// What a unit was on some date: its rows in `units` and `contents`.
#include "store/impl_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace regtrail::store {

namespace {

/// Equal in everything that the published hash covers below a root.
bool same_by_hash(const Node& left, const Node& right, int depth = 0) {
  return depth <= depth_limit && left.kind == right.kind && left.text == right.text &&
         std::equal(left.children.begin(),
                    left.children.end(),
                    right.children.begin(),
                    right.children.end(),
                    [&](const Node& one, const Node& other) {
                      return one.designator == other.designator &&
                             same_by_hash(one, other, depth + 1);
                    });
}

} // namespace

/// Over all that makes a version, and not over `raw`: bytes that read the same are the same law.
Sha256 Archive::Impl::digest_of(const Unit& unit) {
  Writer all;
  flatten(all, unit.root);
  all.hash(unit.root.published);
  all.hash(unit.root.normalised);
  all.append(pack_extra(unit));
  return sha256(all.bytes());
}

std::int64_t Archive::Impl::unit_id(const Citation& unit, int title, const std::string& part) {
  std::string packed = pack_citation(unit);
  if (const auto known = unit_ids.find(packed); known != unit_ids.end()) {
    return known->second;
  }
  std::optional<std::int64_t> id = known_unit(unit);
  if (!id) {
    db.run("INSERT INTO units (citation, title, part, name) VALUES (?, ?, ?, ?)",
           Blob{packed},
           title,
           part,
           unit.to_string());
    id = db.last_row();
  }
  unit_ids.emplace(std::move(packed), *id);
  return *id;
}

std::optional<std::int64_t> Archive::Impl::known_unit(const Citation& unit) {
  const std::string packed = pack_citation(unit);
  Query query = db.query("SELECT id FROM units WHERE citation = ?", Blob{packed});
  return query.next() ? std::optional(query.integer(0)) : std::nullopt;
}

Citation Archive::Impl::unit_citation(std::int64_t unit) {
  Query query = db.query("SELECT citation FROM units WHERE id = ?", unit);
  if (!query.next()) {
    throw Damage(fmt::format("no unit number {}, though something refers to it", unit));
  }
  return unpack_citation(query.blob(0));
}

ContentRow Archive::Impl::content(std::int64_t id) {
  Query query =
      db.query("SELECT id, unit, digest, raw, root, extra FROM contents WHERE id = ?", id);
  if (!query.next()) {
    throw Damage(fmt::format("no content number {}, though something refers to it", id));
  }
  return {query.integer(0),
          query.integer(1),
          query.sha(2),
          query.sha(3),
          query.blob(4),
          query.integer(5)};
}

Unit Archive::Impl::load(const ContentRow& row) {
  Unit unit;
  unit.id = unit_citation(row.unit);
  unit.raw = row.raw;
  unit.root = nodes.load(row.root);
  unpack_extra(nodes.text(row.extra), unit);
  return unit;
}

std::pair<Unit, Unit> Archive::Impl::load_pair(const ContentRow& before, const ContentRow& after) {
  std::pair<Unit, Unit> pair;
  auto [left, right] = nodes.load_pair(before.root, after.root);
  const auto dress = [&](Unit& unit, Node root, const ContentRow& row) {
    unit.id = unit_citation(row.unit);
    unit.raw = row.raw;
    unit.root = std::move(root);
    unpack_extra(nodes.text(row.extra), unit);
  };
  dress(pair.first, std::move(left), before);
  dress(pair.second, std::move(right), after);
  return pair;
}

std::int64_t Archive::Impl::put_content(std::int64_t id,
                                        const Unit& unit,
                                        const std::vector<std::int64_t>& near) {
  const Sha256 digest = digest_of(unit);
  std::vector<ContentRow> rows;
  for (const std::int64_t each : near) {
    rows.push_back(content(each));
  }
  const auto equal = [&](const ContentRow& row) {
    return row.digest == digest && row.raw == unit.raw;
  };
  if (const auto found = std::find_if(rows.begin(), rows.end(), equal); found != rows.end()) {
    return found->id;
  }
  {
    Query others =
        db.query("SELECT id FROM contents WHERE unit = ? AND digest = ? ORDER BY id", id, digest);
    std::vector<std::int64_t> ids;
    while (others.next()) {
      ids.push_back(others.integer(0));
    }
    for (const std::int64_t each : ids) {
      if (equal(rows.emplace_back(content(each)))) {
        return each;
      }
    }
  }

  const auto twin = std::find_if(
      rows.begin(), rows.end(), [&](const ContentRow& row) { return row.digest == digest; });
  std::string root;
  std::int64_t extra = 0;
  if (twin != rows.end()) {
    root = twin->root;
    extra = twin->extra;
  } else {
    const std::string_view like = rows.empty() ? std::string_view{} : rows.front().root;
    root = nodes.put(unit.root, like);
    extra = nodes.put_text(pack_extra(unit),
                           rows.empty() ? std::nullopt : std::optional(rows.front().extra));
    if (!like.empty() && like != root &&
        NodeStore::load_root(like).published == unit.root.published &&
        !same_by_hash(nodes.load(like), unit.root)) {
      throw std::logic_error("two texts of '" + unit.id.to_string() +
                             "' have one hash; were the hashes made again after an edit?");
    }
  }
  db.run(
      "INSERT INTO contents (unit, digest, raw, root, extra, problems) VALUES (?, ?, ?, ?, ?, ?)",
      id,
      digest,
      unit.raw,
      Blob{root},
      extra,
      static_cast<std::int64_t>(unit.not_understood.size()));
  return db.last_row();
}

} // namespace regtrail::store
