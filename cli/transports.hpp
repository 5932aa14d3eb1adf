// The chain of transports of one sync: curl behind pacing and retries, or a mirror.
#pragma once

#include "cli/config.hpp"
#include "cli/host.hpp"
#include "fetch/recording.hpp"
#include "fetch/transport.hpp"
#include "model/error.hpp"

#include <memory>
#include <string>
#include <vector>

namespace regtrail::cli {

/// Owns the chain; each link refers to the one before it.
class Transports {
public:
  void add(std::unique_ptr<fetch::Transport> link) { m_chain.push_back(std::move(link)); }

  /// The one to ask.
  [[nodiscard]] fetch::Transport& top() const { return *m_chain.back(); }

private:
  std::vector<std::unique_ptr<fetch::Transport>> m_chain;
};

/// `mirror`: "" for the official hosts, a URL or a folder. A mirror is not paced, and one given by
/// an http: URL may be asked without TLS. `now` seeds the jitter of retries. `recording` keeps
/// every exchange, where there is one, and must outlive the result.
Result<Transports> make_transports(Host& host,
                                   const Config& config,
                                   const std::string& mirror,
                                   Timestamp now,
                                   fetch::Recording* recording);

/// The same for watched pages: their hosts are those of [pages] hosts, and only them.
Result<Transports> make_page_transports(Host& host,
                                        const Config& config,
                                        const std::string& mirror,
                                        Timestamp now,
                                        fetch::Recording* recording);

} // namespace regtrail::cli
