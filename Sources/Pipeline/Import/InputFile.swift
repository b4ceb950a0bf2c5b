import Artifacts
import Stores

/// A user's file: how it is named in messages, and its bytes.
///
/// What gzip has packed is expanded, whatever it is called; digests are those of the file as it is.
enum InputFile {
  /// The path that names standard input, as in other programs.
  static let standardInput = "-"

  /// The part of a path by which messages name the file.
  static func name(ofPath path: String) -> String {
    if path == standardInput { return "standard input" }
    return path.split(separator: "/").last.map(String.init) ?? "\"\(path)\""
  }

  /// The file's name without folder and extension, with all but letters, digits, `.`, `_` and `-` of ASCII
  /// replaced by `-`, so that it can be a part of an artifact's key. `.gz` comes after the extension.
  static func stem(ofPath path: String) -> String {
    var name = Substring(name(ofPath: path))
    if name.count > 3, name.lowercased().hasSuffix(".gz") { name = name.dropLast(3) }
    if let point = name.lastIndex(of: "."), point > name.startIndex { name = name[..<point] }
    let safe = name.unicodeScalars.map { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": Character(scalar)
      default: "-" as Character
      }
    }
    let stem = String(safe.drop { $0 == "." || $0 == "-" }.prefix(100))
    return stem.isEmpty ? "market" : stem
  }

  /// Hands out the file's bytes in chunks, and notes the file in `log` once all have been read.
  static func chunks(ofPath path: String, log: InputLog?) throws(ImportError) -> () throws -> [UInt8] {
    let file = name(ofPath: path)
    if path == standardInput, log?.summaries[path] != nil { throw .readTwice(file) }
    do throws(StoreError) {
      let reader = SharedReader(
        path == standardInput ? try .standardInput(name: file) : try FileReader(path: path))
      return expanded(file: file) {
        do throws(StoreError) {
          let chunk = try reader.next()
          if chunk.isEmpty { log?.note(path, reader.summary()) }
          return chunk
        } catch {
          throw failure(error, file: file)
        }
      }
    } catch {
      throw failure(error, file: file)
    }
  }

  /// Hands out `bytes`, as ``chunks(ofPath:log:)`` does those of a file.
  static func chunks(of bytes: [UInt8], file: String) -> () throws -> [UInt8] {
    var rest: [UInt8]? = bytes
    return expanded(file: file) {
      defer { rest = nil }
      return rest ?? []
    }
  }

  /// All bytes of the file, at most `limit`; a text in UTF-8 without a byte order mark.
  static func contents(ofPath path: String, limit: Int, log: InputLog?) throws -> [UInt8] {
    let file = name(ofPath: path)
    let chunks = try chunks(ofPath: path, log: log)
    var bytes: [UInt8] = []
    // What the file has now; it may still grow, or be packed, or be no file with a size.
    bytes.reserveCapacity(min(limit, FileReader.size(ofFile: path) ?? 0))
    while case let chunk = try chunks(), !chunk.isEmpty {
      if bytes.count + chunk.count > limit { throw ImportError.tooLarge(file, limit: limit) }
      bytes += chunk
    }
    return WideText.utf8(bytes)
  }

  private static func expanded(
    file: String, _ refill: @escaping () throws -> [UInt8]
  ) -> () throws -> [UInt8] {
    let chunks = ExpandedChunks(file: file, refill)
    return { try chunks.next() }
  }

  private static func failure(_ error: StoreError, file: String) -> ImportError {
    switch error {
    case .tooLarge(_, let limit): .tooLarge(file, limit: limit)
    case .cannotOpen(_, let cause), .inputOutput(_, let cause), .cannotCreate(_, let cause):
      cause.isMissing ? .missingFile(file) : cause.isDirectory ? .isDirectory(file) : .unreadable(file, cause)
    // Nothing that reads a file throws these.
    case .badKey, .cannotPrint, .changed, .occupied, .busy, .vanished, .overtaken, .samePlace, .badLocation,
      .noCredentials, .remote:
      .missingFile(file)
    }
  }
}

/// The files that were read. They are digested on the way, because a pipe can be read once only and a file may change.
final class InputLog {
  /// Size and digest by path.
  private(set) var summaries: [String: ArtifactSummary] = [:]

  fileprivate func note(_ path: String, _ summary: ArtifactSummary) {
    summaries[path] = summary
  }
}

/// Lets an escaping closure hold a reader, which cannot be copied.
private final class SharedReader {
  private let file: FileReader
  private var digest = SHA256()
  private var size = 0

  init(_ file: consuming FileReader) {
    self.file = file
  }

  func next() throws(StoreError) -> [UInt8] {
    let chunk = try file.next()
    digest.update(chunk)
    size += chunk.count
    return chunk
  }

  /// Size and digest of what was handed out since the last call.
  func summary() -> ArtifactSummary {
    var finished = SHA256()
    swap(&finished, &digest)
    defer { size = 0 }
    return ArtifactSummary(size: size, sha256: finished.finish())
  }
}
