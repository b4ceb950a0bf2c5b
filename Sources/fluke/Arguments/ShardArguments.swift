import ArgumentParser
import Pipeline

/// Which share of a run is done here, and whether an interrupted one is continued.
struct ShardArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Do share I of N, for `fluke merge`; `array` for the share of this job of a Slurm or AWS Batch array.",
      valueName: "i/n"))
  var shard: String?

  @Flag(help: "Save progress, and go on from what an interrupted run has saved.")
  var resume = false

  /// The shard that is asked for; `nil` for the whole.
  ///
  /// A job of an array is no shard unless it is told: a scheduler's variables also stand where somebody runs whole sweeps
  /// under many seeds.
  func chosen() throws -> Shard? {
    guard let shard else { return nil }
    return shard == "array" ? try Shard.ofArray(Console.variables) : try Shard(shard)
  }
}
