import CPortableKernels
import CResampleKernel
import TestSupport
import Testing

/// The kernel as it is dispatched here, beside the same sources without vector instructions and the sums bar by bar.
@Suite struct ResampleKernelTests {
  private static let width = Int(FLUKE_RESAMPLE_LANES)
  private static let resamples = 4 * Int(FLUKE_RESAMPLE_ROWS)

  /// A tile and how often each resample draws its bars.
  struct Case: CustomTestStringConvertible, Sendable {
    let bars: Int
    /// From the smallest strategy to the largest, in powers of two.
    let range: Int
    let returns: [Double]
    let times: [[Int]]

    init(bars: Int, range: Int) {
      var generator = SeededGenerator(seed: 8)
      let width = ResampleKernelTests.width
      self.bars = bars
      self.range = range
      returns = (0..<bars * width).map { cell in
        let lane = cell % width
        if lane == 5 { return 0 }
        if lane == 6 { return cell / width == bars / 2 ? .nan : 1 }
        let size = Double(sign: .plus, exponent: (lane - width / 2) * range / width, significand: 1)
        return size * generator.normal() * (lane == 7 && cell < width ? 1e9 : 1)
      }
      times = (0..<ResampleKernelTests.resamples).map { number in
        var times = Array(repeating: 0, count: bars)
        for _ in 0..<bars { times[number == 0 ? 0 : Int.random(in: 0..<bars, using: &generator)] += 1 }
        return times
      }
    }

    var testDescription: String { "\(bars) bars, sizes over 2^\(range)" }
    var stride: Int {
      (bars + Int(FLUKE_RESAMPLE_PARTS) - 1) / Int(FLUKE_RESAMPLE_PARTS) * Int(FLUKE_RESAMPLE_PARTS)
    }

    var draws: [Int16] {
      times.flatMap { row in row.map { Int16($0) } + Array(repeating: 0, count: stride - bars) }
    }

    /// As the kernel wants them: the rows that add, then those that are subtracted, of each resample.
    var changes: (starts: [Int], rows: [UInt32]) {
      var (starts, rows) = ([0], [UInt32]())
      for row in times {
        let before = [0] + row
        let after = row + [0]
        for sign in [-1, 1] {
          for bar in 1...bars {
            rows += Array(repeating: UInt32(bar), count: max(sign * (after[bar] - before[bar]), 0))
          }
          starts.append(rows.count)
        }
      }
      return (starts, rows)
    }

    static let all = [1, 2, 3, 32, 45, 4_096, 4_097, 9_001].flatMap { bars in
      [0, 60, 1_900].map { Case(bars: bars, range: $0) }
    }
  }

  /// All that a kernel makes of a case, as bits; NaN is one whatever its sign and payload.
  struct Outcome: Equatable {
    var arrays: [String: [UInt64]] = [:]

    mutating func note(_ name: String, _ buffer: UnsafeMutableBufferPointer<Double>) {
      arrays[name] = unsafe buffer.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
    }

    mutating func note<Number: BinaryInteger>(_ name: String, _ buffer: UnsafeMutableBufferPointer<Number>) {
      arrays[name] = unsafe buffer.map { UInt64(truncatingIfNeeded: $0) }
    }

    func doubles(_ name: String) -> [Double] { arrays[name, default: []].map { Double(bitPattern: $0) } }
  }

  /// Memory that starts on a cache line, for the time of `body`.
  private static func withAligned<Number: Numeric, Result>(
    _ count: Int, _ body: (UnsafeMutableBufferPointer<Number>) -> Result
  ) -> Result {
    let raw = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Number>.stride, alignment: 64)
    defer { unsafe raw.deallocate() }
    let buffer = unsafe raw.bindMemory(to: Number.self)
    unsafe buffer.initialize(repeating: 0)
    return unsafe body(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
  }

  /// Steps so coarse or fine that no sum leaves 32 bits.
  private static func limit(_ item: Case, hasChanges: Bool) -> Double {
    Double(hasChanges ? Int(Int32.max) / item.bars : min(Int(Int16.max), Int(Int32.max) / item.bars))
  }

  /// Goes through the kernel's entries: statistics of columns, then from returns to sums of steps, candidates, maxima.
  private static func outcome(_ item: Case, _ kernel: resample_kernel, hasChanges: Bool) -> Outcome {
    var outcome = Outcome()
    unsafe withAligned(4 * width) { (columns: UnsafeMutableBufferPointer<Double>) in
      let base = columns.baseAddress!
      unsafe kernel.column_sums(item.bars, width, item.returns, base, base + width, base + 2 * width)
      unsafe kernel.column_variances(
        item.bars, width, item.returns, base, 0.75, item.bars - 1, 0, base + 3 * width)
      unsafe outcome.note("columns", columns)
    }
    unsafe withAligned(width) { step in
      unsafe withAligned(width * item.stride) { columns in
        unsafe withAligned(width * resamples) { sums in
          unsafe sum(item, kernel, hasChanges: hasChanges, step, columns, sums, &outcome)
          unsafe raise(item, kernel, columns, step, sums, &outcome)
        }
      }
    }
    return outcome
  }

  private static func sum(
    _ item: Case, _ kernel: resample_kernel, hasChanges: Bool, _ step: UnsafeMutableBufferPointer<Double>,
    _ columns: UnsafeMutableBufferPointer<Double>, _ sums: UnsafeMutableBufferPointer<Double>,
    _ outcome: inout Outcome
  ) {
    let limit = limit(item, hasChanges: hasChanges)
    if hasChanges {
      let changes = item.changes
      unsafe withAligned((item.bars + 1) * width) { (running: UnsafeMutableBufferPointer<UInt32>) in
        unsafe kernel.accumulate(
          item.bars, item.stride, item.returns, limit, step.baseAddress, running.baseAddress,
          columns.baseAddress)
        unsafe changes.starts.withUnsafeBufferPointer { starts in
          unsafe changes.rows.withUnsafeBufferPointer { rows in
            let pointers = unsafe fluke_resample_changes(starts: starts.baseAddress, rows: rows.baseAddress)
            unsafe kernel.sum_changes(
              pointers, item.bars + 1, running.baseAddress, resamples, sums.baseAddress)
          }
        }
        unsafe outcome.note("running", running)
      }
    } else {
      unsafe withAligned(item.stride * width) { (steps: UnsafeMutableBufferPointer<Int16>) in
        unsafe kernel.round(
          item.bars, item.stride, item.returns, limit, step.baseAddress, steps.baseAddress,
          columns.baseAddress)
        unsafe kernel.sum(
          item.bars, item.stride, steps.baseAddress, item.draws, resamples, sums.baseAddress)
        unsafe outcome.note("steps", steps)
      }
    }
    unsafe outcome.note("step", step)
    unsafe outcome.note("returns", columns)
    unsafe outcome.note("sums", sums)
  }

  private static func raise(
    _ item: Case, _ kernel: resample_kernel, _ columns: UnsafeMutableBufferPointer<Double>,
    _ step: UnsafeMutableBufferPointer<Double>, _ sums: UnsafeMutableBufferPointer<Double>,
    _ outcome: inout Outcome
  ) {
    // Two statistics: in units of a strategy's own steps, and as they are.
    let scales: [[Double]] = [
      unsafe step.map { $0 > 0 ? 1 / $0 : 1 }, Array(repeating: 1, count: width),
    ]
    unsafe withAligned(2 * 3 * width) { (bounds: UnsafeMutableBufferPointer<Double>) in
      unsafe withAligned(2 * 2 * width) { (terms: UnsafeMutableBufferPointer<Double>) in
        for (statistic, scale) in scales.enumerated() {
          for lane in 0..<width {
            let slope = unsafe step[lane] * scale[lane]
            let error = Double(item.bars) * slope
            unsafe bounds[(3 * statistic) * width + lane] = slope
            unsafe bounds[(3 * statistic + 1) * width + lane] = -error
            unsafe bounds[(3 * statistic + 2) * width + lane] = error
            unsafe terms[(2 * statistic + 1) * width + lane] = scale[lane]
          }
        }
        unsafe withAligned(resamples) { (candidates: UnsafeMutableBufferPointer<UInt64>) in
          unsafe withAligned(2 * resamples) { (maxima: UnsafeMutableBufferPointer<Double>) in
            unsafe UnsafeRawPointer(bounds.baseAddress!).withMemoryRebound(
              to: fluke_resample_bounds.self, capacity: 2
            ) { bounds in
              unsafe kernel.screen(
                resamples, sums.baseAddress, 2, [0, 1], bounds, maxima.baseAddress, resamples,
                candidates.baseAddress)
            }
            unsafe UnsafeRawPointer(terms.baseAddress!).withMemoryRebound(
              to: fluke_resample_terms.self, capacity: 2
            ) { terms in
              unsafe kernel.raise(
                item.stride, item.draws, columns.baseAddress, resamples, candidates.baseAddress, 2, [0, 1],
                terms, maxima.baseAddress, resamples)
            }
            unsafe outcome.note("candidates", candidates)
            unsafe outcome.note("maxima", maxima)
          }
        }
      }
    }
  }

  /// Exact: the same bits with vector instructions and without.
  @Test(arguments: Case.all, [false, true])
  func sameBitsOnAnyProcessor(item: Case, hasChanges: Bool) {
    let dispatched = Self.outcome(item, dispatched_resample_kernel(), hasChanges: hasChanges)
    let portable = Self.outcome(item, portable_resample_kernel(), hasChanges: hasChanges)
    #expect(dispatched.arrays.count == 7 && dispatched.arrays.keys == portable.arrays.keys)
    for (name, bits) in dispatched.arrays { #expect(bits == portable.arrays[name], "\(name)") }
    #expect(dispatched.doubles("maxima").contains { $0 > 0 })
  }

  /// Half a step for each bar that is drawn, and what `Double` rounds of sums of T returns.
  @Test(arguments: Case.all, [false, true])
  func sumsOfStepsAreWithinHalfAStepABar(item: Case, hasChanges: Bool) {
    let found = Self.outcome(item, dispatched_resample_kernel(), hasChanges: hasChanges)
    let (sums, steps) = (found.doubles("sums"), found.doubles("step"))
    let limit = Self.limit(item, hasChanges: hasChanges)
    for (number, times) in item.times.enumerated() {
      for lane in 0..<Self.width where lane != 6 {
        // In steps, so that no size is too small or too large to compare.
        let exact = times.indices.reduce(0) { sum, bar in
          let value = item.returns[bar * Self.width + lane]
          return value == 0 ? sum : sum + Double(times[bar]) * (value / steps[lane])
        }
        let bars = Double(item.bars)
        let rounding = bars * (bars + 4) * limit * UnitRoundoff.double
        #expect(
          Tolerance.rounding(absolute: bars / 2 + rounding).accepts(
            sums[number * Self.width + lane], exact), "resample \(number), strategy \(lane)")
      }
    }
  }

  /// Bits of a number; NaN is one whatever its sign and payload.
  private static func bits(_ value: Double) -> UInt64 {
    value.isNaN ? Double.nan.bitPattern : value.bitPattern
  }

  /// The statistics of each column of a tile.
  private static func statistics(
    _ returns: [Double], _ item: Case, columns count: Int, _ kernel: resample_kernel
  ) -> [[UInt64]] {
    unsafe withAligned(4 * count) { (found: UnsafeMutableBufferPointer<Double>) in
      let base = found.baseAddress!
      unsafe kernel.column_sums(item.bars, count, returns, base, base + count, base + 2 * count)
      unsafe kernel.column_variances(
        item.bars, count, returns, base, 0.75, item.bars - 1, 0, base + 3 * count)
      return (0..<count).map { column in (0..<4).map { unsafe bits(found[$0 * count + column]) } }
    }
  }

  /// The sums of a strategy over all resamples, as they are made of candidates.
  private static func sums(_ lane: Int, _ item: Case, _ draws: [Int16]) -> [UInt64] {
    unsafe withAligned(item.stride) { (column: UnsafeMutableBufferPointer<Double>) in
      for bar in 0..<item.bars { unsafe column[bar] = item.returns[bar * width + lane] }
      return unsafe withAligned(2 * width) { (terms: UnsafeMutableBufferPointer<Double>) in
        for scale in width..<2 * width { unsafe terms[scale] = 1 }
        var maxima = Array(repeating: -Double.infinity, count: resamples)
        unsafe UnsafeRawPointer(terms.baseAddress!).withMemoryRebound(
          to: fluke_resample_terms.self, capacity: 1
        ) { terms in
          unsafe portable_resample_kernel().raise(
            item.stride, draws, column.baseAddress, resamples, Array(repeating: 1, count: resamples), 1,
            [0], terms, &maxima, resamples)
        }
        return maxima.map(bits)
      }
    }
  }

  /// Exact: a strategy of a narrow tile has the bits that it has among others, with vector instructions and without.
  @Test(arguments: Case.all, [1, 2, 5, 16, 17, 63])
  func narrowTilesHaveTheBitsOfWideOnes(item: Case, count: Int) {
    let lanes = (Self.width - count) / 2..<(Self.width + count) / 2
    let narrow = (0..<item.bars).flatMap { bar in lanes.map { item.returns[bar * Self.width + $0] } }
    let ofAll = Self.statistics(item.returns, item, columns: Self.width, portable_resample_kernel())
    let draws = item.draws
    // Nothing is above -∞ that is no number.
    let undefined = Self.bits(-.infinity)
    let expected = lanes.map { Self.sums($0, item, draws) }
    for kernel in [dispatched_resample_kernel(), portable_resample_kernel()] {
      #expect(Self.statistics(narrow, item, columns: lanes.count, kernel) == Array(ofAll[lanes]))
      var found = Array(repeating: 0.0, count: lanes.count * Self.resamples)
      unsafe Self.withAligned(lanes.count * Int(FLUKE_RESAMPLE_CHUNK)) { columns in
        unsafe Self.withAligned(found.count * Int(FLUKE_RESAMPLE_PARTS)) { parts in
          unsafe kernel.sum_exactly(
            item.bars, lanes.count, narrow, item.stride, draws, Self.resamples, columns.baseAddress,
            parts.baseAddress, &found)
        }
      }
      for (row, ofLane) in expected.enumerated() {
        let sums = found[row * Self.resamples..<(row + 1) * Self.resamples]
        #expect(
          sums.map { $0.isNaN ? undefined : Self.bits($0) } == ofLane, "strategy \(lanes.lowerBound + row)")
      }
    }
  }
}
