#include "sync/revalidation.hpp"

#include <utility>

namespace regtrail::sync {
namespace {

class RevalidatingTransport final : public fetch::Transport {
public:
  RevalidatingTransport(store::Archive& archive, fetch::Transport& inner)
      : m_archive(archive),
        m_inner(inner) {}

  Result<fetch::Response> get(const fetch::Request& request) override {
    TRY_ASSIGN(auto held, m_archive.newest_origin(request.url));
    if (!held) {
      return m_inner.get(request);
    }
    fetch::Response answer;
    answer.headers = std::move(held->headers);
    fetch::Request conditional = request;
    conditional.validators = {std::move(held->final_url),
                              std::string(answer.header("etag")),
                              std::string(answer.header("last-modified"))};
    return m_inner.get(conditional);
  }

private:
  store::Archive& m_archive;
  fetch::Transport& m_inner;
};

} // namespace

std::unique_ptr<fetch::Transport> make_revalidating_transport(store::Archive& archive,
                                                              fetch::Transport& inner) {
  return std::make_unique<RevalidatingTransport>(archive, inner);
}

} // namespace regtrail::sync
