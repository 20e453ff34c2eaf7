#include "sim/network/latency_tables.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cleave {
namespace {

using std::string_view;
using Row = std::array<std::int32_t, 10>;

// Averages in ms. "us-west" is Oregon, the one whose distances to the others are published.
constexpr std::array<string_view, 2> kVirginia{"us-east", "virginia"};
constexpr std::array<string_view, 1> kCalifornia{"california"};
constexpr std::array<string_view, 2> kOregon{"us-west", "oregon"};
constexpr std::array<string_view, 2> kIreland{"eu-west", "ireland"};
constexpr std::array<string_view, 2> kFrankfurt{"eu-central", "frankfurt"};
constexpr std::array<string_view, 2> kTokyo{"ap-northeast", "tokyo"};
constexpr std::array<string_view, 1> kSeoul{"seoul"};
constexpr std::array<string_view, 2> kSingapore{"ap-southeast", "singapore"};
constexpr std::array<string_view, 1> kSydney{"sydney"};
constexpr std::array<string_view, 2> kSaoPaulo{"sa-east", "sao-paulo"};
constexpr std::array<LatencyTable::Region, 10> kAwsRegions{{
    {"us-east-1", "Ashburn, Virginia", kVirginia},
    {"us-west-1", "San Jose, California", kCalifornia},
    {"us-west-2", "Boardman, Oregon", kOregon},
    {"eu-west-1", "Dublin", kIreland},
    {"eu-central-1", "Frankfurt", kFrankfurt},
    {"ap-northeast-1", "Tokyo", kTokyo},
    {"ap-northeast-2", "Seoul", kSeoul},
    {"ap-southeast-1", "Singapore", kSingapore},
    {"ap-southeast-2", "Sydney", kSydney},
    {"sa-east-1", "Sao Paulo", kSaoPaulo},
}};
// clang-format off
constexpr std::array<Row, 10> kAwsRttMs{{
    {0, 73, 87, 81, 89, 145, 178, 217, 230, 120},  // us-east-1
    {0,  0, 19,  0,  0,   0,   0,   0,   0,   0},  // us-west-1
    {0,  0,  0, 137, 160, 89, 118, 161, 162, 183},  // us-west-2
    {0,  0,  0,  0, 20, 212, 242, 239, 310, 191},  // eu-west-1
    {0,  0,  0,  0,  0, 237, 266, 326, 324, 195},  // eu-central-1
    {0,  0,  0,  0,  0,   0,  31,  74, 104, 257},  // ap-northeast-1
    {0,  0,  0,  0,  0,   0,   0,  71,   0,   0},  // ap-northeast-2
    {0,  0,  0,  0,  0,   0,   0,   0, 175, 328},  // ap-southeast-1
    {0,  0,  0,  0,  0,   0,   0,   0,   0, 323},  // ap-southeast-2
    {},                                             // sa-east-1
}};
constexpr std::array<Row, 10> kAwsKm{{
    {0, 3851, 3503, 5462, 6549, 10872, 11137, 15522, 15674,  7664},  // us-east-1
    {0,    0,  962, 8193, 9154,  8332,  9091, 13642, 11960, 10376},  // us-west-1
    {0,    0,    0, 7315, 8246,  7971,  8602, 13256, 12564, 10650},  // us-west-2
    {0,    0,    0,    0, 1088,  9585,  8951, 11199, 17215,  9393},  // eu-west-1
    {0,    0,    0,    0,    0,  9333,  8550, 10258, 16483,  9829},  // eu-central-1
    {0,    0,    0,    0,    0,     0,  1153,  5314,  7826, 18535},  // ap-northeast-1
    {0,    0,    0,    0,    0,     0,     0,  4673,  8330, 18342},  // ap-northeast-2
    {0,    0,    0,    0,    0,     0,     0,     0,  6306, 15987},  // ap-southeast-1
    {0,    0,    0,    0,    0,     0,     0,     0,     0, 13357},  // ap-southeast-2
    {},                                                              // sa-east-1
}};
// clang-format on

constexpr std::array<string_view, 2> kDallas{"us-central", "dallas"};
constexpr std::array<string_view, 1> kToronto{"toronto"};
constexpr std::array<string_view, 1> kWashington{"washington"};
constexpr std::array<string_view, 2> kIbmFrankfurt{"eu-central", "frankfurt"};
constexpr std::array<string_view, 2> kLondon{"eu-west", "london"};
constexpr std::array<string_view, 1> kMadrid{"madrid"};
constexpr std::array<string_view, 1> kOsaka{"osaka"};
constexpr std::array<string_view, 2> kIbmSydney{"ap-southeast", "sydney"};
constexpr std::array<string_view, 2> kIbmTokyo{"ap-northeast", "tokyo"};
constexpr std::array<string_view, 2> kIbmSaoPaulo{"sa-east", "sao-paulo"};
constexpr std::array<LatencyTable::Region, 10> kIbmRegions{{
    {"us-south", "Dallas", kDallas},
    {"ca-tor", "Toronto", kToronto},
    {"us-east", "Washington DC", kWashington},
    {"eu-de", "Frankfurt", kIbmFrankfurt},
    {"eu-gb", "London", kLondon},
    {"eu-es", "Madrid", kMadrid},
    {"jp-osa", "Osaka", kOsaka},
    {"au-syd", "Sydney", kIbmSydney},
    {"jp-tok", "Tokyo", kIbmTokyo},
    {"br-sao", "Sao Paulo", kIbmSaoPaulo},
}};
// clang-format off
constexpr std::array<Row, 10> kIbmRttMs{{
    {0, 34, 31, 123, 113, 117, 150, 185, 143, 145},  // us-south
    {},                                               // ca-tor
    {0,  0,  0,  91,  76,  88, 173, 214, 166, 118},  // us-east
    {0,  0,  0,   0,  13,  29, 232, 250, 228, 197},  // eu-de
    {0,  0,  0,   0,   0,   0, 244, 261, 242, 187},  // eu-gb
    {},                                               // eu-es
    {0,  0,  0,   0,   0,   0,   0, 122,   9, 292},  // jp-osa
    {0,  0,  0,   0,   0,   0,   0,   0, 115, 327},  // au-syd
    {0,  0,  0,   0,   0,   0,   0,   0,   0, 284},  // jp-tok
    {},                                               // br-sao
}};
constexpr std::array<Row, 10> kIbmKm{{
    {0, 1937, 1902, 8256, 7641,  7956, 10739, 13818, 10398,  8217},  // us-south
    {0,    0,  563, 6333, 5712,  6036, 10615, 15568, 10350,  8186},  // ca-tor
    {0,    0,    0, 6531, 5898,  6089, 11174, 15710, 10905,  7631},  // us-east
    {0,    0,    0,    0,  638,  1445,  9237, 16483,  9333,  9829},  // eu-de
    {0,    0,    0,    0,    0,  1263,  9500, 16994,  9559,  9497},  // eu-gb
    {0,    0,    0,    0,    0,     0, 10677, 17684, 10763,  8385},  // eu-es
    {0,    0,    0,    0,    0,     0,     0,  7797,   396, 18759},  // jp-osa
    {0,    0,    0,    0,    0,     0,     0,     0,  7826, 13357},  // au-syd
    {0,    0,    0,    0,    0,     0,     0,     0,     0, 18535},  // jp-tok
    {},                                                              // br-sao
}};
// clang-format on

constexpr std::array<LatencyTable, 2> kTables{{
    {"aws-2017", "average pings between AWS regions that a blog published in 2017", kAwsRegions,
     kAwsRttMs, kAwsKm, 19'700, 15'700},
    {"ibm-2024",
     "IBM Cloud's documentation: averages of 17 August to 15 September 2024 between its regions",
     kIbmRegions, kIbmRttMs, kIbmKm, 14'300, 15'600},
}};

bool is_named(const LatencyTable::Region& region, string_view name) {
  return region.name == name ||
         std::find(region.aliases.begin(), region.aliases.end(), name) != region.aliases.end();
}

}  // namespace

std::span<const LatencyTable> latency_tables() {
  return kTables;
}

const LatencyTable* find_latency_table(string_view name) {
  const auto found = std::find_if(kTables.begin(), kTables.end(),
                                  [name](const LatencyTable& table) { return table.name == name; });
  return found == kTables.end() ? nullptr : &*found;
}

std::optional<std::size_t> find_region(const LatencyTable& table, string_view name) {
  for (std::size_t i = 0; i < table.regions.size(); ++i)
    if (is_named(table.regions[i], name)) return i;
  return {};
}

std::optional<RoundTrip> round_trip(const LatencyTable& table, string_view a, string_view b) {
  auto i = find_region(table, a);
  auto j = find_region(table, b);
  if (!i || !j || *i == *j) return {};
  if (*j < *i) std::swap(i, j);
  constexpr std::int64_t kNsPerMs = 1'000'000;
  if (const std::int64_t ms = table.rtt_ms[*i][*j]; ms != 0)
    return RoundTrip{Duration{ms * kNsPerMs}, RoundTrip::Origin::published};
  const std::int64_t km = table.distance_km[*i][*j];
  return RoundTrip{Duration{table.base_us * std::int64_t{1000} + km * table.ns_per_km},
                   RoundTrip::Origin::estimated};
}

std::vector<string_view> known_regions(const LatencyTable& table) {
  std::vector<string_view> names;
  for (const LatencyTable::Region& region : table.regions) {
    names.push_back(region.name);
    names.insert(names.end(), region.aliases.begin(), region.aliases.end());
  }
  return names;
}

}  // namespace cleave
