using AnyFetch.Api.Http.Parameters;
using AnyFetch.Core.Companies;

namespace AnyFetch.Api.Companies;

/// <summary>Reads what callers say about how a company's documents are hydrated. Null, or no language, leaves it to the server again.</summary>
internal static class CompanyHydrationSettings
{
    private const string Languages = "ocr_languages";
    private const string JunkNames = "junk_names";
    private const string JunkFolders = "junk_folders";
    private const string CallbackSeconds = "callback_seconds";
    private const string KeepOriginals = "keep_originals";

    /// <summary>What stands after the parameters; wrong ones are noted in them.</summary>
    public static CompanyHydration Apply(CompanyHydration hydration, ApiParameters parameters) => hydration with
    {
        Languages = parameters.Has(Languages) ? ReadLanguages(parameters) : hydration.Languages,
        JunkNames = parameters.Has(JunkNames)
            ? ReadJunk(parameters, JunkNames, CompanyHydration.JunkNamesMax) : hydration.JunkNames,
        JunkFolders = parameters.Has(JunkFolders)
            ? ReadJunk(parameters, JunkFolders, CompanyHydration.JunkFoldersMax) : hydration.JunkFolders,
        CallbackSeconds = parameters.Has(CallbackSeconds) ? ReadSeconds(parameters) : hydration.CallbackSeconds,
        KeepsOriginals = parameters.Bool(KeepOriginals) ?? hydration.KeepsOriginals,
    };

    private static IReadOnlyList<string>? ReadLanguages(ApiParameters parameters)
    {
        if (parameters.Texts(Languages) is not { Count: > 0 } names)
        {
            return null;
        }

        Check(parameters, Languages, CompanyHydration.FindLanguagesFault(names));
        return [.. names.Distinct()];
    }

    private static IReadOnlyList<string>? ReadJunk(ApiParameters parameters, string name, int most)
    {
        var names = parameters.Texts(name);
        Check(parameters, name, CompanyHydration.FindJunkFault(names, most));
        return names;
    }

    private static int? ReadSeconds(ApiParameters parameters)
    {
        var seconds = parameters.Integer(CallbackSeconds);
        var fault = CompanyHydration.FindSecondsFault(seconds);
        Check(parameters, CallbackSeconds, fault);
        return fault is null ? (int?)seconds : null;
    }

    private static void Check(ApiParameters parameters, string name, string? fault)
    {
        if (fault is not null)
        {
            parameters.Refuse(name, fault);
        }
    }
}
