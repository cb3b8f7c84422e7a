using System.Diagnostics.CodeAnalysis;
using ActionMail.Cli.Terminal;
using ActionMail.Sdk;

namespace ActionMail.Cli.Keys;

/// <summary>The file with the private key of a service: PEM, readable by its owner alone.</summary>
internal static class PrivateKeyFile
{
    /// <summary>Writes a new file with mode 0600. Without <paramref name="replace"/> an existing file stays as it is.</summary>
    public static bool TryWrite(string path, string pem, bool replace, out string problem)
    {
        problem = "";
        try
        {
            // A mode applies only to a file that is created: an old one would keep whatever mode it has.
            if (replace)
                File.Delete(path);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new StreamWriter(path, options);
            file.WriteLine(pem);
            return true;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            problem = File.Exists(path)
                ? $"{path} exists and is left as it is; choose another --out, or add --force to replace it."
                : $"{path} cannot be written ({broken.Message.TrimEnd('.')}); choose another --out.";
            return false;
        }
    }

    /// <summary>Reads a private key to sign with: PEM, RSAKeyValue or JWK. The caller disposes it.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out SigningKey? key, out string problem)
    {
        key = null;
        if (!InputFile.TryReadText(path, out var text, out problem))
            return false;
        try
        {
            key = text.TrimStart() switch
            {
                ['<', ..] => SigningKey.FromRsaKeyValue(text),
                ['{', ..] => SigningKey.FromJwk(text),
                _ => SigningKey.FromPem(text),
            };
            return true;
        }
        catch (ArgumentException unreadable)
        {
            problem = $"{path} cannot sign: {unreadable.Sentence} Make a key with: actionmail key new --out FILE";
            return false;
        }
    }

    /// <summary>Whether the text is a PEM private key, so that it must not leave this machine.</summary>
    public static bool IsPrivate(string text) => text.Contains("PRIVATE KEY-----", StringComparison.Ordinal);
}
