import CResampleKernel

/// What a statistic makes of the resampled sum of a strategy: `(sum - center) · scale`.
public struct ResampleTerm: Equatable, Sendable {
  /// Subtracted from the sum.
  public let center: Double
  /// What the difference is multiplied by.
  public let scale: Double

  /// See the properties of the same names.
  public init(center: Double, scale: Double) {
    self.center = center
    self.scale = scale
  }
}

/// A tile of strategies whose sums over resamples raise the maxima of some statistics.
///
/// A narrow tile has fewer strategies, and all of its sums are made in `Double` (``ExactSums``).
///
/// A wrapper of the C kernel, which finds in whole steps of a strategy's largest return which sums might be the largest
/// of a resample, and makes those alone in `Double`: Σ w[t]·x[t] over bars t, with w how often the bar is drawn, in 32
/// partial sums by position whose products are rounded. The maxima have the bits that they would have had
/// if every sum had been made so, on every machine.
///
/// The error of a sum of steps is half a step for each of the T bars that a resample draws; the error of the sum in
/// `Double`, below T·2⁻⁵³ of T times the largest return, is a part of that which ``slack`` covers many times over. Of
/// returns so large that their sums may leave the range of `Double` nothing is known before those sums are made.
public struct ScreenedTile: ~Copyable {
  /// Strategies of a tile that is not narrow.
  public static let width = Int(FLUKE_RESAMPLE_LANES)
  /// Resamples whose sums exist at once.
  private static let block = ExactSums.mostResamples
  /// Bars that a tile may have.
  public static let mostBars = (1 << 26) - 1
  /// Above 1 by more than all roundings in double precision together, of histories up to ``mostBars``.
  private static let slack = 1 + 0x1p-10

  private let draws: ResampleDraws
  private let bars: Int
  private let statistics: Int
  private let stride: Int
  private let step: AlignedBuffer<Double>
  private let steps: AlignedBuffer<Int16>
  private let running: AlignedBuffer<UInt32>
  private let columns: AlignedBuffer<Double>
  private let sums: AlignedBuffer<Double>
  private let candidates: AlignedBuffer<UInt64>
  private let bounds: AlignedBuffer<Double>
  private let terms: AlignedBuffer<Double>
  /// Strategies of the tile.
  private let width: Int
  /// Of a narrow tile: its returns, and what sums them.
  private var returns: [Double] = []
  private var exact: ExactSums
  private var exactSums: [Double]
  /// The largest return of a strategy in its steps.
  private var limit = 0
  /// The statistics in which some strategy of the tile has a part, ascending: the maxima of the others stay.
  public private(set) var statisticsTaken: [Int] = []

  /// Memory for tiles that are resampled by `draws`, and a number of statistics.
  ///
  /// - Parameter width: the strategies of a tile, at most ``width``.
  public init(_ draws: ResampleDraws, width: Int = ScreenedTile.width, statistics: Int) {
    precondition(1...Self.mostBars ~= draws.bars && statistics >= 1, "a tile of bars")
    precondition(1...Self.width ~= width, "strategies of a tile")
    let isNarrow = width < Self.width
    let cells = isNarrow ? 0 : draws.stride * Self.width
    let hasChanges = draws.changes != nil
    let ofSteps = hasChanges ? 0 : cells
    let ofRunning = hasChanges && !isNarrow ? (draws.bars + 1) * Self.width : 0
    self.width = width
    exact = ExactSums(draws, width: isNarrow ? width : 0)
    exactSums = Array(repeating: 0, count: isNarrow ? Self.block * width : 0)
    self.draws = draws
    self.statistics = statistics
    bars = draws.bars
    stride = draws.stride
    step = AlignedBuffer(zeros: Self.width)
    steps = AlignedBuffer(zeros: ofSteps)
    running = AlignedBuffer(zeros: ofRunning)
    columns = AlignedBuffer(zeros: cells)
    sums = AlignedBuffer(zeros: isNarrow ? 0 : Self.block * Self.width)
    candidates = AlignedBuffer(zeros: Self.block)
    bounds = AlignedBuffer(zeros: statistics * 3 * Self.width)
    terms = AlignedBuffer(zeros: statistics * 2 * Self.width)
  }

  /// Takes the returns of a tile, bars × its strategies; no strategy has a part yet.
  public mutating func load(_ values: [Double]) {
    precondition(values.count == bars * width, "a tile of these bars")
    if isNarrow { returns = values } else { makeSteps(of: values) }
    statisticsTaken.removeAll(keepingCapacity: true)
  }

  /// Makes a statistic one in which strategies have a part, though none has one yet.
  private mutating func take(_ statistic: Int) {
    let place = statisticsTaken.firstIndex { $0 >= statistic } ?? statisticsTaken.count
    if place < statisticsTaken.count, statisticsTaken[place] == statistic { return }
    statisticsTaken.insert(statistic, at: place)
    for lane in 0..<Self.width {
      write(ResampleTerm(center: .infinity, scale: 1), statistic, lane)
      bound(statistic, lane, slope: 0, offset: .infinity, error: 0)
    }
  }

  private var isNarrow: Bool { width < Self.width }

  private mutating func makeSteps(of values: [Double]) {
    // So many steps that no sum of them leaves 32 bits.
    let most = Int(Int32.max)
    limit = draws.changes == nil ? min(Int(Int16.max), most / max(draws.mostOfChunk, 1)) : most / bars
    unsafe values.withUnsafeBufferPointer { values in
      if draws.changes == nil {
        unsafe fluke_resample_round(
          bars, stride, values.baseAddress, Double(limit), step.base, steps.base, columns.base)
      } else {
        unsafe fluke_resample_accumulate(
          bars, stride, values.baseAddress, Double(limit), step.base, running.base, columns.base)
      }
    }
  }

  /// Gives a strategy a part in a statistic.
  ///
  /// - Precondition: a center that is finite, and a scale above 0.
  public mutating func set(_ term: ResampleTerm, _ statistic: Int, _ lane: Int) {
    precondition(statistic >= 0 && statistic < statistics && lane >= 0 && lane < width, "a cell")
    precondition(term.center.isFinite && term.scale > 0, "a term that can be compared")
    take(statistic)
    write(term, statistic, lane)
    let largestSum = unsafe Double(bars) * Double(limit) * step.base[lane]
    if ((largestSum + term.center.magnitude) * term.scale).isFinite {
      let slope = unsafe step.base[lane] * term.scale
      bound(
        statistic, lane, slope: slope, offset: term.center * term.scale,
        error: 0.5 * Self.slack * Double(bars) * slope)
    } else {
      bound(statistic, lane, slope: 0, offset: 0, error: .infinity)
    }
  }

  private func write(_ term: ResampleTerm, _ statistic: Int, _ lane: Int) {
    unsafe terms.base[(2 * statistic) * Self.width + lane] = term.center
    unsafe terms.base[(2 * statistic + 1) * Self.width + lane] = term.scale
  }

  /// Sets the bounds of a statistic to `slope` times a sum of steps less `offset`, give or take `error`.
  private func bound(_ statistic: Int, _ lane: Int, slope: Double, offset: Double, error: Double) {
    unsafe bounds.base[(3 * statistic) * Self.width + lane] = slope
    unsafe bounds.base[(3 * statistic + 1) * Self.width + lane] = offset - error
    unsafe bounds.base[(3 * statistic + 2) * Self.width + lane] = offset + error
  }

  /// Whether two strategies have the same return on every bar.
  public func areEqual(_ one: Int, _ other: Int) -> Bool {
    precondition(one >= 0 && one < width && other >= 0 && other < width, "strategies of a tile")
    if isNarrow {
      return Swift.stride(from: 0, to: returns.count, by: width).allSatisfy {
        returns[$0 + one] == returns[$0 + other]
      }
    }
    for bar in 0..<bars where unsafe columns.base[one * stride + bar] != columns.base[other * stride + bar] {
      return false
    }
    return true
  }

  /// Raises maxima to what strategies with a part reach.
  ///
  /// - Parameter maxima: by statistic, then by resample.
  public mutating func raise(_ maxima: inout [Double]) {
    precondition(maxima.count == statistics * draws.count, "maxima of these resamples")
    if isNarrow { return raiseToAll(&maxima) }
    let all = draws.count
    unsafe maxima.withUnsafeMutableBufferPointer { maxima in
      unsafe draws.cells.withUnsafeBufferPointer { cells in
        guard let maxima = maxima.baseAddress, let cells = cells.baseAddress else { return }
        for first in Swift.stride(from: 0, to: all, by: Self.block) {
          let count = min(Self.block, all - first)
          let drawn = unsafe cells + first * stride
          unsafe sum(first, count, drawn)
          unsafe screen(count, maxima + first, all: all)
          unsafe raise(count, drawn, maxima + first, all: all)
        }
      }
    }
  }

  /// Raises maxima to what all strategies reach; that of one without a part is not above any.
  private mutating func raiseToAll(_ maxima: inout [Double]) {
    for first in Swift.stride(from: 0, to: draws.count, by: Self.block) {
      let resamples = first..<min(first + Self.block, draws.count)
      exact.sum(returns, over: resamples, into: &exactSums)
      for statistic in statisticsTaken {
        for lane in 0..<width {
          let center = unsafe terms.base[(2 * statistic) * Self.width + lane]
          let scale = unsafe terms.base[(2 * statistic + 1) * Self.width + lane]
          for resample in resamples {
            let sum = exactSums[lane * resamples.count + resample - first]
            let value = (sum - center) * scale
            let place = statistic * draws.count + resample
            if value > maxima[place] { maxima[place] = value }
          }
        }
      }
    }
  }

  private func sum(_ first: Int, _ count: Int, _ drawn: UnsafePointer<Int16>) {
    if let changes = draws.changes {
      unsafe changes.sum(first, count, of: running.base, rows: bars + 1, into: sums.base)
    } else {
      let rows = (count + ResampleDraws.rows - 1) / ResampleDraws.rows * ResampleDraws.rows
      unsafe fluke_resample_sum(bars, stride, steps.base, drawn, rows, sums.base)
    }
  }

  private func screen(_ count: Int, _ maxima: UnsafePointer<Double>, all: Int) {
    unsafe UnsafeRawPointer(bounds.base).withMemoryRebound(
      to: fluke_resample_bounds.self, capacity: statistics
    ) { bounds in
      unsafe fluke_resample_screen(
        count, sums.base, statisticsTaken.count, statisticsTaken, bounds, maxima, all, candidates.base)
    }
  }

  private func raise(
    _ count: Int, _ drawn: UnsafePointer<Int16>, _ maxima: UnsafeMutablePointer<Double>, all: Int
  ) {
    unsafe UnsafeRawPointer(terms.base).withMemoryRebound(
      to: fluke_resample_terms.self, capacity: statistics
    ) { terms in
      unsafe fluke_resample_raise(
        stride, drawn, columns.base, count, candidates.base, statisticsTaken.count, statisticsTaken, terms,
        maxima, all)
    }
  }
}
