using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Operations;

/// <summary>
/// The operator's credential for the API under <c>/api/operator</c>: made at the first start, kept in the data folder, readable by the operator's
/// account alone. Who can read the file could as well change the database.
/// </summary>
internal sealed class OperatorToken
{
    private const string FileName = "operator.token";

    private readonly byte[] _token;

    public OperatorToken(IOptions<ServerOptions> options)
    {
        var file = Path.Combine(options.Value.DataFolder, FileName);
        if (!File.Exists(file))
            PrivateFile.Write(file, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))));
        _token = Encoding.ASCII.GetBytes(File.ReadAllText(file).Trim());
    }

    public bool IsIn(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header[scheme.Length..].Trim()), _token);
    }
}

/// <summary>Files that only their owner may read.</summary>
internal static class PrivateFile
{
    /// <summary>A folder that only its owner may look into; made if missing.</summary>
    public static string Folder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Writes a new file, whole or not at all: to a neighbour first, flushed, then moved into place.</summary>
    public static void Write(string file, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var neighbour = file + ".new";
        using (var stream = new FileStream(neighbour, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        File.Move(neighbour, file, overwrite: true);
    }
}
