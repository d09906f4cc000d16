//! Names that Windows, and so Outlook and Exchange, gives to time zones, and what the rest of the world calls them: the first
//! place that Unicode's CLDR lists for each. It holds no rules: those are jiff's.

/// In small letters, without `standard time`.
const ZONES: [(&str, &str); 90] = [
    ("alaskan", "America/Anchorage"),
    ("arab", "Asia/Riyadh"),
    ("arabian", "Asia/Dubai"),
    ("arabic", "Asia/Baghdad"),
    ("argentina", "America/Argentina/Buenos_Aires"),
    ("atlantic", "America/Halifax"),
    ("aus central", "Australia/Darwin"),
    ("aus eastern", "Australia/Sydney"),
    ("azerbaijan", "Asia/Baku"),
    ("azores", "Atlantic/Azores"),
    ("bangladesh", "Asia/Dhaka"),
    ("belarus", "Europe/Minsk"),
    ("canada central", "America/Regina"),
    ("cape verde", "Atlantic/Cape_Verde"),
    ("caucasus", "Asia/Yerevan"),
    ("cen. australia", "Australia/Adelaide"),
    ("central", "America/Chicago"),
    ("central (mexico)", "America/Mexico_City"),
    ("central america", "America/Guatemala"),
    ("central asia", "Asia/Almaty"),
    ("central brazilian", "America/Cuiaba"),
    ("central europe", "Europe/Budapest"),
    ("central european", "Europe/Warsaw"),
    ("central pacific", "Pacific/Guadalcanal"),
    ("china", "Asia/Shanghai"),
    ("e. africa", "Africa/Nairobi"),
    ("e. australia", "Australia/Brisbane"),
    ("e. europe", "Europe/Chisinau"),
    ("e. south america", "America/Sao_Paulo"),
    ("eastern", "America/New_York"),
    ("eastern (mexico)", "America/Cancun"),
    ("egypt", "Africa/Cairo"),
    ("fiji", "Pacific/Fiji"),
    ("fle", "Europe/Kyiv"),
    ("georgian", "Asia/Tbilisi"),
    ("gmt", "Europe/London"),
    ("greenland", "America/Nuuk"),
    ("greenwich", "Atlantic/Reykjavik"),
    ("gtb", "Europe/Bucharest"),
    ("hawaiian", "Pacific/Honolulu"),
    ("india", "Asia/Kolkata"),
    ("iran", "Asia/Tehran"),
    ("israel", "Asia/Jerusalem"),
    ("jordan", "Asia/Amman"),
    ("kaliningrad", "Europe/Kaliningrad"),
    ("korea", "Asia/Seoul"),
    ("mauritius", "Indian/Mauritius"),
    ("middle east", "Asia/Beirut"),
    ("montevideo", "America/Montevideo"),
    ("morocco", "Africa/Casablanca"),
    ("mountain", "America/Denver"),
    ("mountain (mexico)", "America/Mazatlan"),
    ("myanmar", "Asia/Yangon"),
    ("n. central asia", "Asia/Novosibirsk"),
    ("namibia", "Africa/Windhoek"),
    ("nepal", "Asia/Kathmandu"),
    ("new zealand", "Pacific/Auckland"),
    ("newfoundland", "America/St_Johns"),
    ("north asia", "Asia/Krasnoyarsk"),
    ("north asia east", "Asia/Irkutsk"),
    ("pacific", "America/Los_Angeles"),
    ("pacific (mexico)", "America/Tijuana"),
    ("pacific sa", "America/Santiago"),
    ("pakistan", "Asia/Karachi"),
    ("paraguay", "America/Asuncion"),
    ("romance", "Europe/Paris"),
    ("russian", "Europe/Moscow"),
    ("sa eastern", "America/Cayenne"),
    ("sa pacific", "America/Bogota"),
    ("sa western", "America/La_Paz"),
    ("samoa", "Pacific/Apia"),
    ("se asia", "Asia/Bangkok"),
    ("singapore", "Asia/Singapore"),
    ("south africa", "Africa/Johannesburg"),
    ("sri lanka", "Asia/Colombo"),
    ("syria", "Asia/Damascus"),
    ("taipei", "Asia/Taipei"),
    ("tokyo", "Asia/Tokyo"),
    ("turkey", "Europe/Istanbul"),
    ("ulaanbaatar", "Asia/Ulaanbaatar"),
    ("us eastern", "America/Indiana/Indianapolis"),
    ("us mountain", "America/Phoenix"),
    ("venezuela", "America/Caracas"),
    ("vladivostok", "Asia/Vladivostok"),
    ("w. australia", "Australia/Perth"),
    ("w. central africa", "Africa/Lagos"),
    ("w. europe", "Europe/Berlin"),
    ("west asia", "Asia/Tashkent"),
    ("west pacific", "Pacific/Port_Moresby"),
    ("yakutsk", "Asia/Yakutsk"),
];

/// The name of a zone that Windows calls so.
pub(crate) fn zone(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    let short = name.replacen(" standard time", "", 1);
    let known = ZONES.iter().find(|(known, _)| *known == short);
    known.filter(|_| short != name).map(|(_, zone)| *zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    #[test]
    fn every_zone_of_windows_is_one_that_is_known() {
        for (name, place) in ZONES {
            assert!(TimeZone::get(place).is_ok(), "{name}: {place}");
        }
        assert_eq!(zone("W. Europe Standard Time"), Some("Europe/Berlin"));
        let mexico = zone("Central Standard Time (Mexico)");
        assert_eq!(mexico, Some("America/Mexico_City"));
        assert_eq!(
            (zone("W. Europe"), zone("Customized Time Zone")),
            (None, None)
        );
    }
}
