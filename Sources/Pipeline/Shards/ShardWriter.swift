import Artifacts
import Stores

/// Puts the parts of a shard into a store, each whole or not at all, and leaves out those that an interrupted run has
/// put there before.
struct ShardWriter {
  let shard: Shard
  let plan: ShardPlan
  private let store: any ArtifactStore
  private let digest: [UInt8]
  private let resumes: Bool
  /// What there is so far.
  private(set) var parts: [String: ArtifactSummary] = [:]

  /// - Parameter resumes: whether parts that are there count; otherwise they are removed.
  /// - Throws: `StoreError`.
  init(_ plan: ShardPlan, _ shard: Shard, resumes: Bool, in store: any ArtifactStore) throws {
    self.plan = plan
    self.shard = shard
    self.store = store
    self.resumes = resumes
    digest = try plan.digest
    // From now on the shard is not whole.
    try store.remove(shard.recordKey)
    guard !resumes else { return }
    for key in try store.list(prefix: shard.folder) { try store.remove(key) }
  }

  /// For artifacts that are no parts, and keep themselves what an interrupted run has left.
  init(_ plan: ShardPlan, _ shard: Shard, in store: any ArtifactStore) throws {
    try self.init(plan, shard, resumes: true, in: store)
  }

  /// Puts a part, unless it is there.
  ///
  /// - Parameters:
  ///   - rules: what a part that is there has to keep.
  ///   - make: its sections.
  /// - Returns: its sections where it was there; `nil` where it had to be made.
  @discardableResult
  mutating func put(
    _ kind: PartKind, _ range: Range<Int>, rules: PartRules, make: () throws -> [[UInt8]]
  ) throws -> [ArraySlice<UInt8>]? {
    let header = PartHeader(kind: kind, plan: digest, range: range)
    let key = header.key(in: shard)
    if resumes, let (summary, sections) = try kept(header, key, rules) {
      parts[key] = summary
      return sections
    }
    let bytes = PartFile.encode(header, sections: try make())
    parts[key] = try store.put(key, bytes)
    return nil
  }

  /// A part that is there and is what it should be.
  private func kept(
    _ header: PartHeader, _ key: String, _ rules: PartRules
  ) throws -> (summary: ArtifactSummary, sections: [ArraySlice<UInt8>])? {
    guard let summary = try store.head(key) else { return nil }
    let bytes = try store.get(key)
    guard let sections = try? PartFile.decode(bytes, expecting: header),
      (try? rules.check(sections, of: header.kind, header.range)) != nil
    else { return nil }
    return (summary, sections)
  }

  /// Puts an artifact that is no part of numbers.
  mutating func put(_ key: String, writing body: (([UInt8]) throws -> Void) throws -> Void) throws {
    parts[key] = try store.put(key, writing: body)
  }

  /// Puts the record: the shard is whole.
  func finish(
    _ range: Range<Int>, _ run: RunRecord, market: String? = nil, ranked: Int? = nil
  ) throws -> ShardRecord {
    let record = ShardRecord(
      plan: plan, shard: shard, first: range.lowerBound, end: range.upperBound, parts: parts, run: run,
      market: market, ranked: ranked)
    try store.put(shard.recordKey, try record.bytes)
    return record
  }
}
