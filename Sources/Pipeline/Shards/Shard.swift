import Kernels

/// One of the equal shares in which processes, here or on other machines, do the work of one run.
public struct Shard: Codable, Equatable, Hashable, Sendable, CustomStringConvertible {
  /// From 1.
  public let number: Int
  /// How many there are.
  public let count: Int

  /// Schedulers take arrays of this size; a slip of the finger is larger.
  public static let mostShards = 10_000
  /// The largest number of a task that schedulers give out; sums of a few such numbers do not overflow.
  private static let mostTaskNumber = 1 << 31

  /// - Throws: ``ConfigurationError/outOfRange(option:found:needed:)`` unless 1 ≤ `number` ≤ `count` ≤ ``mostShards``.
  public init(number: Int, of count: Int) throws(ConfigurationError) {
    guard (1...Self.mostShards).contains(count), (1...count).contains(number) else {
      throw Self.refusal("\(number)/\(count)")
    }
    self.number = number
    self.count = count
  }

  /// The shard that `text` names, such as `3/8`.
  ///
  /// - Throws: ``ConfigurationError/outOfRange(option:found:needed:)``.
  public init(_ text: String) throws(ConfigurationError) {
    let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let number = numbers[0], let count = numbers[1] else {
      throw Self.refusal("\"\(text)\"")
    }
    try self.init(number: number, of: count)
  }

  private static func refusal(_ found: String) -> ConfigurationError {
    .outOfRange(option: "shard", found: found, needed: "I/N with 1 ≤ I ≤ N ≤ \(mostShards), or array")
  }

  /// The whole as a single shard.
  static let whole = Shard()

  private init() {
    number = 1
    count = 1
  }

  public var description: String { "shard \(number) of \(count)" }

  /// Its share of so many items that stand in a row; none where there are more shards than items.
  func share(of items: Int) -> Range<Int> {
    items * (number - 1) / count..<items * number / count
  }

  /// Where keys of its artifacts begin.
  var folder: String { "shards/\(number)-of-\(count)/" }

  /// The key of its record, written last.
  var recordKey: String { folder + "shard.json" }
}

extension Shard {
  /// The shard of a job in an array, by the variables that schedulers set for it.
  ///
  /// Slurm: `SLURM_ARRAY_TASK_ID` of `SLURM_ARRAY_TASK_COUNT`, whose numbers begin at `SLURM_ARRAY_TASK_MIN` and go up to
  /// `SLURM_ARRAY_TASK_MAX` without a gap. AWS Batch: `AWS_BATCH_JOB_ARRAY_INDEX`, from 0, of
  /// `AWS_BATCH_JOB_ARRAY_SIZE`.
  ///
  /// - Throws: ``ConfigurationError`` outside of an array, or in one whose numbers have gaps.
  public static func ofArray(_ variables: [String: String]) throws(ConfigurationError) -> Shard {
    func number(_ name: String) throws(ConfigurationError) -> Int? {
      guard let text = variables[name], !text.isEmpty else { return nil }
      guard let number = Int(text), (-mostTaskNumber...mostTaskNumber).contains(number) else {
        throw .outOfRange(
          option: "shard", found: "\(name)=\(text)",
          needed: "a whole number of at most \(mostTaskNumber) in it")
      }
      return number
    }
    if let task = try number("SLURM_ARRAY_TASK_ID") {
      guard let count = try number("SLURM_ARRAY_TASK_COUNT") else { throw missing("SLURM_ARRAY_TASK_COUNT") }
      let first = try number("SLURM_ARRAY_TASK_MIN") ?? 0
      let last = try number("SLURM_ARRAY_TASK_MAX") ?? first + count - 1
      guard last - first + 1 == count else {
        throw .outOfRange(
          option: "shard", found: "an array of \(count) tasks numbered \(first) to \(last)",
          needed: "numbers without a gap, as in --array=1-\(count)")
      }
      return try Shard(number: task - first + 1, of: count)
    }
    if let index = try number("AWS_BATCH_JOB_ARRAY_INDEX") {
      guard let size = try number("AWS_BATCH_JOB_ARRAY_SIZE") else {
        throw missing("AWS_BATCH_JOB_ARRAY_SIZE")
      }
      return try Shard(number: index + 1, of: size)
    }
    throw missing("SLURM_ARRAY_TASK_ID or AWS_BATCH_JOB_ARRAY_INDEX")
  }

  private static func missing(_ names: String) -> ConfigurationError {
    .outOfRange(
      option: "shard", found: "array without \(names)", needed: "a job of an array, or I/N such as 3/8")
  }
}
