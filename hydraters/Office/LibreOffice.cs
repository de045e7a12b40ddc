using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydraters.Office;

/// <summary>
/// Converts a task's file with LibreOffice: one process a file, with a fresh profile in the task's folder, so that
/// nothing of one document is there for the next and two at once do not meet. The profile runs no macros, follows no
/// links and updates none.
/// </summary>
internal sealed class LibreOffice(HydrationContext context, LibreOfficeOptions options)
{
    /// <summary>The program that must be installed.</summary>
    internal const string Program = "soffice";

    /// <summary>What a program that crashed while it ended leaves; its output is good (hydraters.md §4).</summary>
    private const int CrashExitCode = 139;

    /// <summary>
    /// What a shell says of a program that somebody killed (SIGKILL, SIGTERM), and LibreOffice when it is asked to end. Of a
    /// document that it cannot read it says 0.
    /// </summary>
    private static readonly int[] KilledExitCodes = [137, 143, 255];

    /// <summary>Written into the profile before LibreOffice starts: what a document asks for must not happen.</summary>
    private const string Settings = """
        <?xml version="1.0" encoding="UTF-8"?>
        <oor:items xmlns:oor="http://openoffice.org/2001/registry">
        <item oor:path="/org.openoffice.Office.Common/Security/Scripting">
        <prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
        <item oor:path="/org.openoffice.Office.Common/Security/Scripting">
        <prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
        <item oor:path="/org.openoffice.Office.Common/Security/Scripting">
        <prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
        <item oor:path="/org.openoffice.Office.Writer/Content/Update">
        <prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
        <item oor:path="/org.openoffice.Office.Calc/Content/Update">
        <prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
        </oor:items>
        """;

    /// <summary>
    /// The path of the converted file in the task's folder. <paramref name="extension"/> says what the file is,
    /// <paramref name="target"/> what it becomes, such as <c>docx</c> or <c>pdf:writer_pdf_Export</c>. A document that
    /// cannot be converted throws <see cref="HydrationException"/>; a LibreOffice that was killed from outside throws
    /// <see cref="InvalidOperationException"/>, since another try may do.
    /// </summary>
    internal async Task<string> ConvertAsync(string extension, string target, CancellationToken cancellationToken)
    {
        var file = context.RequireFile();
        if (file.Length > options.FileBytesMax)
        {
            throw new HydrationException($"The document has more than {options.FileBytesMax:N0} bytes.");
        }

        var work = Directory.CreateDirectory(context.Temp.NewFilePath()).FullName;
        Directory.CreateDirectory(work + "/profile/user");
        var settings = work + "/profile/user/registrymodifications.xcu";
        await File.WriteAllTextAsync(settings, Settings, cancellationToken).ConfigureAwait(false);
        var input = $"{work}/input.{extension}";
        File.Copy(file.Path, input);
        var result = await context.Tools.RunAsync(Command(work, input, target), cancellationToken).ConfigureAwait(false);
        var output = $"{work}/out/input.{target.Split(':')[0]}";
        ThrowOnFailure(result, isThere: File.Exists(output) && new FileInfo(output).Length > 0);
        Directory.Delete(work + "/profile", recursive: true);
        File.Delete(input);
        return output;
    }

    private ToolCommand Command(string work, string input, string target) => new(
        Program,
        [
            "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard",
            $"-env:UserInstallation=file://{work}/profile", "--convert-to", target, "--outdir", work + "/out", input,
        ])
    {
        Limits = new ToolLimits
        {
            WallSeconds = options.ConversionSeconds,
            CpuSeconds = (int)Math.Ceiling(options.ConversionSeconds),
            MemoryBytesMax = options.MemoryBytesMax,
        },
        IsBackground = options.IsBackground,
    };

    /// <summary>LibreOffice ends with 0 whatever happens: only its output tells that it succeeded.</summary>
    private static void ThrowOnFailure(ToolResult result, bool isThere)
    {
        if (result.End == ToolEnd.NotFound)
        {
            // Trying again in a minute would not install it, and everybody would wait for that minute.
            throw new HydrationException(
                "The document cannot be read on this server: LibreOffice is not installed "
                + "(Debian package libreoffice-writer-nogui).");
        }

        if (result.End == ToolEnd.TimedOut)
        {
            throw new HydrationException("The document takes too long to convert.");
        }

        if (KilledExitCodes.Contains(result.ExitCode))
        {
            throw new InvalidOperationException("LibreOffice was ended while it converted the document.");
        }

        if (!isThere || (!result.Succeeded && result.ExitCode != CrashExitCode))
        {
            throw new HydrationException("The document is damaged, or protected by a password: it cannot be converted.");
        }
    }
}
