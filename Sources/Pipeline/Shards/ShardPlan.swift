import Artifacts
import Stores

/// Everything that decides the bytes of a run that is done in shards: shards fit together if it is the same for all.
struct ShardPlan: Codable, Equatable, Sendable {
  /// What is repeated in shards.
  enum Command: String, Codable, Sendable {
    case sweep, backtest, trials
  }

  /// Of parts, see ``PartFile``.
  var format = PartFile.version
  let command: Command
  /// How many shards.
  let shards: Int
  let options: Configuration
  /// Of repeated trials.
  let trials: TrialsOptions?
  /// SHA-256 of the bars that all strategies run on, and of the document that makes strategies.
  let artifacts: [String: String]
  /// SHA-256 of files that were read.
  let inputs: [String: String]
  /// Versions, and what chooses among the code for several processors, where last bits can differ.
  let software: [String: String]

  init(_ command: Command, shards: Int, record: RunRecord) {
    self.command = command
    self.shards = shards
    options = record.options
    trials = record.trials
    let made = record.artifacts.filter { Stage.maker(of: $0.key) == .generate }
    artifacts = made.mapValues(\.sha256)
    inputs = record.inputs.mapValues(\.sha256)
    software = Self.software(of: record)
  }

  /// What a run says of the software and of what chooses among its code.
  private static func software(of record: RunRecord) -> [String: String] {
    record.versions.merging(
      ["openblas_core": record.openBLASCore, "kernel": record.host["kernel"] ?? ""]
    ) { $1 }
  }

  /// Checks what decides the work as options are checked.
  ///
  /// - Throws: ``ConfigurationError``.
  func check() throws(ConfigurationError) {
    guard let trials else { return try options.check() }
    guard command == .trials else {
      throw .notTogether(option: "trials", with: command.rawValue, remedy: "run it again")
    }
    var configuration = TrialsConfiguration()
    configuration.sweep = options
    configuration.trials = trials
    try configuration.check()
  }

  /// Strategies, or trials, of a run at most.
  var mostItems: Int { max(Configuration.mostStrategies, TrialsConfiguration.mostTrials) }

  /// The SHA-256 of the plan.
  var digest: [UInt8] {
    get throws {
      var digest = SHA256()
      digest.update(try JSONDocument.encode(self))
      return digest.finishBytes()
    }
  }

  /// What is not the same in `other`, in words.
  func differences(from other: ShardPlan) -> [String] {
    var names: [String] = []
    func note(_ differs: Bool, _ name: String) {
      if differs { names.append(name) }
    }
    note(format != other.format, "layout of parts")
    note(command != other.command, "command")
    note(options != other.options || trials != other.trials, "options")
    note(artifacts != other.artifacts, "bars or strategies")
    note(inputs != other.inputs, "input files")
    names += Self.differences(software, other.software)
    note(shards != other.shards, "number of shards")
    return names
  }

  /// What is not the same where shards are merged, in words: some strategies are run again there.
  func differences(from place: RunRecord) -> [String] {
    Self.differences(software, Self.software(of: place))
  }

  private static func differences(_ one: [String: String], _ other: [String: String]) -> [String] {
    (one["fluke"] != other["fluke"] ? ["version"] : [])
      + (["openblas", "openblas_core", "kernel"].contains { one[$0] != other[$0] }
        ? ["processor or OpenBLAS"] : [])
  }
}
