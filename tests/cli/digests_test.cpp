// What is queued for whom when the mail of one cannot be composed.
#include "cli/digests.hpp"
#include "cli/register_file.hpp"
#include "parse/register_toml.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>

#include "support.hpp"

using namespace regtrail;
using Catch::Matchers::Contains;

TEST_CASE("a subscriber whose mail cannot be composed does not keep it from the others",
          "[digests]") {
  cli::testing::Program program;
  program.set("REGTRAIL_NOW", "2026-10-21");
  const auto file = program.home().path() / "regtrail.db";
  REQUIRE(program
              .run({"sync",
                    "--part",
                    "744",
                    "--db",
                    file.string(),
                    "--mirror",
                    testing::source_path("sample").string()})
              .code == 0);
  auto archive = store::Archive::open(file, store::OpenMode::read_write);
  REQUIRE(archive.has_value());
  cli::DigestContext context;
  context.categories = parse::parse_register(cli::starter_categories(), "starter").value();
  context.status = archive->status().value();
  context.from = "regtrail@example.co.jp";
  context.now = parse_timestamp("2026-10-21T00:00:00Z").value();
  std::vector<delivery::Subscriber> subscribers(3);
  for (std::size_t i = 0; i < subscribers.size(); ++i) {
    subscribers[i].name = std::vector{"kato", "sato", "endo"}[i];
    subscribers[i].to = subscribers[i].name + "@example.co.jp";
  }
  subscribers[1].to = "no address";
  const auto queued = [&] {
    std::vector<std::string> names;
    const auto messages = archive->queued_messages();
    for (const store::OutboxMessage& message : messages.value()) {
      names.push_back(message.subscriber);
    }
    return names;
  };

  const cli::QueueReport first = cli::queue_digests(*archive, context, subscribers);
  CHECK(first.queued.size() == 2);
  CHECK(queued() == std::vector<std::string>{"kato", "endo"});
  REQUIRE(first.errors.size() == 1);
  CHECK_THAT(first.errors[0], Contains("'sato'") && Contains("no address"));

  subscribers[1].to = "sato@example.co.jp";
  const cli::QueueReport second = cli::queue_digests(*archive, context, subscribers);
  CHECK(second.errors.empty());
  CHECK(second.notes.size() == 2);
  CHECK(queued() == std::vector<std::string>{"kato", "endo", "sato"});
}
