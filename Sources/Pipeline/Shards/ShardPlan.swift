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
    software = record.versions.merging(
      ["openblas_core": record.openBLASCore, "kernel": record.host["kernel"] ?? ""]
    ) { $1 }
  }

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
    note(software["fluke"] != other.software["fluke"], "version")
    let ofMachine = ["openblas", "openblas_core", "kernel"]
    note(ofMachine.contains { software[$0] != other.software[$0] }, "processor or OpenBLAS")
    note(shards != other.shards, "number of shards")
    return names
  }
}

/// `shards/I-of-N/shard.json`: what a shard is, and the parts that it has left. It is written last, so where it is, the
/// shard is whole.
struct ShardRecord: Codable, Sendable {
  let plan: ShardPlan
  let shard: Shard
  /// What the shard did: the first strategy or trial, and the one after the last.
  let first: Int
  let end: Int
  /// The parts, by key.
  let parts: [String: ArtifactSummary]
  /// The record of the run, as far as a shard goes.
  let run: RunRecord
  /// What the bars of trials are called.
  var market: String?
}
