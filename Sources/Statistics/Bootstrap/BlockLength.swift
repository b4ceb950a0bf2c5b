import Glibc
import Kernels

/// How long blocks have to be so that the bootstrap imitates the dependence of a series over time.
///
/// Formula: b = (2·G²/D · T)^⅓ with G = Σ λ(k/M)·|k|·γ_k and D = 2·g² for the stationary, 4/3·g² for the circular
/// bootstrap, g = Σ λ(k/M)·γ_k, sums over |k| ≤ M, λ(x) = min(1, 2·(1-|x|)), γ the autocovariances. M is twice
/// the first lag from which K = max(5, ⌊log₁₀ T⌋) autocorrelations in a row stay below 2·√(log₁₀ T/T), at most
/// ⌈√T⌉ + K; b is at most ⌈min(3·√T, T/3)⌉.
///
/// Shapes and units: in bars, as estimated, so it may be below 1; ``stationaryMean`` and ``circularLength`` are
/// what resampling takes.
///
/// Null hypothesis: none; it is the length with the least mean squared error of the estimated variance of the mean.
///
/// Edge cases: NaN below 11 bars, where there are no K lags to look at, without variance and where a value is not
/// finite.
///
/// Reference: Politis & White 2004, "Automatic block-length selection for the dependent bootstrap", with the
/// correction of Patton, Politis & White 2009, which D has. Autocorrelations are normalised by the overlapping
/// parts and the first insignificant lag is doubled (the paper doubles the one before), both as in the Python
/// package `arch`.
public struct BlockLength: Equatable, Sendable {
  /// The strategies that ``ofSweep(_:benchmark:threads:)`` looks at.
  public static let sampleSize = 256
  private static let fewestBars = 11

  /// The expected block length for the stationary bootstrap.
  public let stationary: Double
  /// The block length for the circular bootstrap.
  public let circular: Double

  /// The mean that the stationary bootstrap takes: a bar at least, also where the length is undefined.
  public var stationaryMean: Double { stationary > 1 ? stationary : 1 }
  /// The length that the circular bootstrap takes: whole bars, rounded up.
  public var circularLength: Int { circular > 1 ? Int(circular.rounded(.up)) : 1 }

  init(stationary: Double, circular: Double) {
    self.stationary = stationary
    self.circular = circular
  }

  /// The best block lengths for resampling the mean of `series`.
  public init(_ series: [Double]) {
    let bars = Double(series.count)
    let mean = series.reduce(0, +) / bars
    guard series.count >= Self.fewestBars, mean.isFinite, ReturnMoments(series).populationVariance > 0 else {
      self.init(stationary: .nan, circular: .nan)
      return
    }
    let window = max(5, Int(log10(bars)))
    let most = min(Int(bars.squareRoot().rounded(.up)) + window, series.count - 2)
    let correlogram = Correlogram(series.map { $0 - mean }, lags: most)
    let bound = 2 * (log10(bars) / bars).squareRoot()
    let quiet = correlogram.firstQuietLag(window: window, bound: bound)
    let truncation = min(quiet.map { 2 * $0 } ?? most, most)
    var weighted = 0.0
    var spectrum = correlogram.covariances[0]
    for lag in 1...truncation {
      let share = Double(lag) / Double(truncation)
      let weight = 2 * (share <= 0.5 ? 1 : 2 * (1 - share)) * correlogram.covariances[lag]
      weighted += weight * Double(lag)
      spectrum += weight
    }
    let longest = min(3 * bars.squareRoot(), bars / 3).rounded(.up)
    func length(_ constant: Double) -> Double {
      min(cbrt(2 * weighted * weighted / (constant * spectrum * spectrum) * bars), longest)
    }
    self.init(stationary: length(2), circular: length(4.0 / 3))
  }

  /// One block length for all strategies of a sweep, which are resampled together: the median over a fixed sample.
  ///
  /// Strategies trade one market with different rules, so their dependence differs and no length is best for all.
  /// The longest of many estimates grows with their number and soon is the cap, noise alone sees to that; the
  /// market's own returns hardly depend on those before, while positions that are held do. Half of the strategies
  /// would like it longer, half shorter, and near its best the error is flat. Unless said, the sample is ``sampleSize``
  /// strategies that stand evenly over all, so it depends on nothing but their number; those without a length of
  /// their own are left out.
  ///
  /// Edge cases: NaN where none of them has one. The median of an even number is the larger one in the middle.
  ///
  /// - Parameters:
  ///   - sample: the numbers of the strategies that are looked at, ascending.
  ///   - benchmark: subtracted bar by bar, as many as there are bars.
  public static func ofSweep<Returns: ReturnSource>(
    _ returns: Returns, sample: [Int]? = nil, benchmark: [Double] = [], threads: Int = 1
  ) -> BlockLength {
    precondition(benchmark.isEmpty || benchmark.count == returns.bars, "a benchmark for each bar")
    let size = min(sampleSize, returns.strategies)
    let sample = sample ?? (0..<size).map { $0 * returns.strategies / size }
    let undefined = BlockLength(stationary: .nan, circular: .nan)
    let lengths = DisjointSlots.fill(count: sample.count, repeating: undefined) { slots in
      returns.forEachTile(Returns.tiles(of: sample), threads: threads, makeState: {}) { _, tile in
        let strategies = tile.firstStrategy..<tile.firstStrategy + tile.count
        for (place, strategy) in sample.enumerated() where strategies.contains(strategy) {
          let column = tile.column(strategy - tile.firstStrategy)
          let series = benchmark.isEmpty ? column : zip(column, benchmark).map { $0 - $1 }
          slots.write(BlockLength(series), at: place)
        }
      }
    }
    func median(_ values: [Double]) -> Double {
      let defined = values.filter { !$0.isNaN }.sorted()
      return defined.isEmpty ? .nan : defined[defined.count / 2]
    }
    return BlockLength(
      stationary: median(lengths.map(\.stationary)), circular: median(lengths.map(\.circular)))
  }
}

/// Autocovariances and autocorrelations of a series whose mean is 0.
private struct Correlogram {
  /// γ at the lags 0, 1, …, divided by the number of bars.
  private(set) var covariances: [Double] = []
  /// |ρ|, normalised by the parts of the series that overlap.
  private var correlations: [Double] = []

  init(_ series: [Double], lags: Int) {
    let count = series.count
    // Σ of squares of all but the first or the last lag + 1 bars.
    var later = series.reduce(0) { $0 + $1 * $1 }
    var earlier = later
    for lag in 0...lags {
      var sum = 0.0
      for bar in lag..<count { sum += series[bar] * series[bar - lag] }
      later -= series[lag] * series[lag]
      earlier -= series[count - 1 - lag] * series[count - 1 - lag]
      covariances.append(sum / Double(count))
      correlations.append(sum.magnitude / (later * earlier).squareRoot())
    }
  }

  /// The first lag from which `window` correlations in a row are below `bound`.
  func firstQuietLag(window: Int, bound: Double) -> Int? {
    guard correlations.count > window else { return nil }
    return (1..<max(correlations.count - window, 1)).first { lag in
      correlations[lag..<lag + window].allSatisfy { $0 < bound }
    }
  }
}
