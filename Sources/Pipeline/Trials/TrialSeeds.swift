import Kernels

/// The seeds of one trial.
///
/// They are the first two draws of the stream that belongs to (seed of all trials, purpose `trial`, number of the trial),
/// so any trial can be run alone. They have 53 bits, which every reader of a table keeps, even as a floating-point number.
public struct TrialSeeds: Equatable, Sendable {
  /// Of strategies: `--seed` of the sweep that is this trial.
  public let strategies: UInt64
  /// Of bars: `--market-seed`, where they are synthetic.
  public let market: UInt64

  /// The seeds of trial `number` under `seed`.
  public init(seed: UInt64, number: Int) {
    var stream = RandomStream(seed: seed, purpose: .trial, index: UInt64(number))
    strategies = stream.next() >> 11
    market = stream.next() >> 11
  }
}
