// What people said of items.
#include "store/impl_internal.hpp"

namespace regtrail::store {

Result<void> Archive::put_judgement(const Judgement& judgement) {
  Impl& impl = *m_impl;
  return impl.write("note a judgement in", [&] {
    impl.db.run(
        "INSERT INTO judgements (item, relevant, note, who, given_at) VALUES (?, ?, ?, ?, ?)",
        judgement.item,
        judgement.relevant,
        judgement.note,
        judgement.who,
        judgement.given_at);
  });
}

Result<std::vector<Judgement>> Archive::judgements() {
  Impl& impl = *m_impl;
  return impl.read("read judgements from", [&] {
    std::vector<Judgement> judgements;
    Query query =
        impl.db.query("SELECT item, relevant, note, who, given_at FROM judgements ORDER BY id");
    while (query.next()) {
      judgements.push_back(
          {query.text(0), query.flag(1), query.text(2), query.text(3), query.instant(4)});
    }
    return judgements;
  });
}

} // namespace regtrail::store
