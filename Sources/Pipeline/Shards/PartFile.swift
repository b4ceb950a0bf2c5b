import Kernels
import Stores

/// What a part of a shard holds.
enum PartKind: UInt32, CaseIterable, Sendable {
  case tallies = 1
  case blockSums = 2
  case walkForward = 3
  case combinatorial = 4
  case resamples = 5
  case permutations = 6

  /// How keys begin below the shard's folder.
  var name: String {
    switch self {
    case .tallies: "tallies"
    case .blockSums: "block-sums"
    case .walkForward: "walk-forward"
    case .combinatorial: "combinatorial"
    case .resamples: "resamples"
    case .permutations: "permutations"
    }
  }
}

/// Which part it is: kept in its bytes, so that none can be taken for another.
struct PartHeader: Equatable, Sendable {
  let kind: PartKind
  /// The SHA-256 of the plan, 32 bytes.
  let plan: [UInt8]
  /// What the part is about: strategies, or permutations.
  let range: Range<Int>

  /// The key of the part.
  func key(in shard: Shard) -> String { "\(shard.folder)\(kind.name)-\(range.lowerBound).bin" }
}

/// A part of a shard as bytes, all numbers with the lowest byte first:
///
///     offset  bytes
///     0       8      "FLUKEPRT"
///     8       4      the version of this layout, 3
///     12      4      what it holds, `PartKind`
///     16      32     SHA-256 of the plan
///     48      8      the number of the first strategy (or permutation)
///     56      8      how many there are
///     64      8      s, the number of sections
///     72      8·s    the bytes of each section
///     72+8·s         the sections, one after another without a gap: arrays of `Float64` or `UInt32`
///     end-32  32     SHA-256 of everything before
///
/// The sections of each kind stand in ``PartContents``.
enum PartFile {
  /// Grows when the layout or the meaning of a section changes.
  static let version: UInt32 = 3

  private static let magic = Array("FLUKEPRT".utf8)
  private static let headerSize = 72
  private static let digestSize = 32

  /// The bytes of a part.
  static func encode(_ header: PartHeader, sections: [[UInt8]]) -> [UInt8] {
    var bytes = magic
    bytes.reserveCapacity(
      headerSize + digestSize + sections.reduce(0) { $0 + $1.count + MemoryLayout<UInt64>.size })
    bytes += LittleEndian.bytes([version, header.kind.rawValue])
    bytes += header.plan
    bytes += LittleEndian.bytes([
      UInt64(header.range.lowerBound), UInt64(header.range.count), UInt64(sections.count),
    ])
    bytes += LittleEndian.bytes(sections.map { UInt64($0.count) })
    for section in sections { bytes += section }
    return bytes + digest(bytes[...])
  }

  /// The sections of a part.
  ///
  /// - Throws: ``Fault`` unless the bytes are those of the part with this header.
  static func decode(_ bytes: [UInt8], expecting header: PartHeader) throws(Fault) -> [ArraySlice<UInt8>] {
    guard bytes.count >= headerSize + digestSize, Array(bytes[..<8]) == magic else {
      throw Fault(reason: "is no part of a shard")
    }
    let words = LittleEndian.integers32(bytes[8..<16])
    guard words[0] == version else {
      throw Fault(reason: "has layout \(words[0]), this version reads \(version)")
    }
    let content = bytes[..<(bytes.count - digestSize)]
    guard digest(content) == Array(bytes[content.endIndex...]) else {
      throw Fault(reason: "does not fit its checksum")
    }
    let numbers = LittleEndian.integers64(bytes[48..<headerSize])
    guard words[1] == header.kind.rawValue, Array(bytes[16..<48]) == header.plan,
      numbers[0] == UInt64(header.range.lowerBound), numbers[1] == UInt64(header.range.count)
    else { throw Fault(reason: "is another part than its name says") }
    return try sections(content, count: numbers[2])
  }

  /// The sections that `content` has behind its header. A checksum does not say who made it, so every size is compared
  /// with what is left.
  private static func sections(
    _ content: ArraySlice<UInt8>, count: UInt64
  ) throws(Fault) -> [ArraySlice<UInt8>] {
    let width = MemoryLayout<UInt64>.size
    guard let count = Int(exactly: count), count <= (content.endIndex - headerSize) / width else {
      throw Fault(reason: "names \(count) sections, more than it has room for")
    }
    var start = headerSize + count * width
    var sections: [ArraySlice<UInt8>] = []
    for size in LittleEndian.integers64(content[headerSize..<start]) {
      guard let size = Int(exactly: size), size <= content.endIndex - start else {
        throw Fault(reason: "names a section of \(size) bytes, more than are left")
      }
      sections.append(content[start..<start + size])
      start += size
    }
    guard start == content.endIndex else {
      throw Fault(reason: "has \(content.endIndex - start) bytes that belong to no section")
    }
    return sections
  }

  /// What is wrong with bytes.
  struct Fault: Error, Equatable {
    let reason: String
  }

  private static func digest(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var digest = SHA256()
    digest.update(bytes)
    return digest.finishBytes()
  }
}
