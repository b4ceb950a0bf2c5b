/// Why shards cannot be merged.
public enum ShardError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There are none in any of the places.
  case none(places: [String])
  /// Shards of different numbers of shards.
  case otherCounts([Int], place: String)
  /// A shard that is not there, or was interrupted.
  case missing(Shard, isInterrupted: Bool, others: Int)
  /// A shard that is there twice.
  case doubled(Shard, first: String, second: String)
  /// A shard of another run.
  case otherPlan(Shard, place: String, differs: [String])
  /// The shards come from a machine or a version that is not the one at hand, and other bits with them.
  case otherMachine(differs: [String])
  /// Bytes that are not those that the shard has written.
  case damaged(Shard, key: String, reason: String)

  public var description: String {
    switch self {
    case .none(let places):
      "\(places.joined(separator: ", ")): found no shard, expected shards/1-of-N/shard.json and the others; "
        + "run with --shard I/N first"
    case .otherCounts(let counts, let place):
      "\(place): found shards of \(counts.map { "\($0)" }.joined(separator: " and of ")), expected those of one run; "
        + "remove the others from shards/"
    case .missing(let shard, let isInterrupted, let others):
      "\(shard): \(isInterrupted ? "was interrupted and is not whole" : "is not there"), expected it beside "
        + "\(others) other\(others == 1 ? "" : "s"); run it with --shard \(shard.number)/\(shard.count)"
        + (isInterrupted ? " --resume" : "")
    case .doubled(let shard, let first, let second):
      "\(shard): found in \(first) and in \(second), expected it once; leave one of them out"
    case .otherPlan(let shard, let place, let differs):
      "\(shard) in \(place): belongs to another run, with other \(differs.joined(separator: ", ")), expected those of the "
        + "first shard; run it again as the first was"
    case .otherMachine(let differs):
      "merge: the shards were run with another \(differs.joined(separator: " and ")), expected that of this machine; merge "
        + "where they were run, or run all with OPENBLAS_CORETYPE set alike"
    case .damaged(let shard, let key, let reason):
      "\(key): \(reason), expected what \(shard) has written; run it again with --shard "
        + "\(shard.number)/\(shard.count)"
    }
  }
}
