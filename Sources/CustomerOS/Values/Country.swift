internal import GraphQL

/// A country or territory of ISO 3166-1.
struct Country: Equatable {
    /// ISO 3166-1 alpha-2: `DE`.
    let code: String
    /// ISO 3166-1 alpha-3: `DEU`.
    let longCode: String
    /// In English: `Germany`.
    let name: String

    /// Reads a two- or three-letter code, or a name in English or in the country's own language; case, accents and
    /// punctuation are ignored.
    /// - Throws: `ValueRefusal` that suggests what may have been meant.
    init(_ given: String) throws(ValueRefusal) {
        guard let country = Self.find(given.trimmingBlanks) else {
            let options = given.trimmingBlanks.utf8.count <= 3 ? Self.all.map(\.code) : Self.all.map(\.name)
            let nearest = Suggestions.closest(to: given.trimmingBlanks, among: options).prefix(3)
            throw ValueRefusal(
                .unknown, "must be a country of ISO 3166-1, by its code or its name.\(Suggestions.sentence(for: Array(nearest)))")
        }
        self = country
    }

    private init(code: String, longCode: String, name: String) {
        self.code = code
        self.longCode = longCode
        self.name = name
    }

    private static func find(_ text: String) -> Country? {
        // `N.A.` means none.
        if key(text) == "na", text.utf8.count != 2 { return nil }
        if let country = byKey[key(text)] { return country }
        // ISO's names put qualifiers last: `Korea, Republic of`, `Bolivia (Plurinational State of)`.
        let bracket = text.last == ")" ? text.lastIndex(of: "(") : nil
        guard let end = bracket ?? text.firstIndex(of: ",") else { return nil }
        let name = text[..<end]
        let addition = text[text.index(after: end)...].filter { $0 != ")" }
        if let country = byKey[key("\(addition) \(name)")] { return country }
        // The brackets may mean another place, `Georgia (US)`, `Korea (DPRK)`, or the same: `Myanmar (Burma)`.
        guard bracket != nil, !ambiguous.contains(key(String(name))), let country = byKey[key(String(name))] else { return nil }
        return byKey[key(addition)].map { $0 == country } ?? true ? country : nil
    }

    /// Names that two countries share.
    private static let ambiguous: Set<String> = ["congo", "korea"]

    /// Without abbreviations, accents, spaces and punctuation: `Côte d'Ivoire` is `cotedivoire`. Other characters
    /// belong to no name, and stay.
    private static func key(_ text: String) -> String {
        let words = NormalForm.folded(text.replacing("&", with: "and")).split(whereSeparator: \.isWhitespace)
        let whole = words.map { $0 == "st" || $0 == "st." ? "saint" : $0 }.joined()
        let scalars = NormalForm.decomposed(whole).unicodeScalars
        let key = String(String.UnicodeScalarView(scalars.filter { !isMark($0) }))
        return key.hasPrefix("the") && key.utf8.count > 3 ? String(key.dropFirst(3)) : key
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .format, .dashPunctuation: true
        default: scalar.properties.isWhitespace || ".,'’‘ʼ`´_()[]".unicodeScalars.contains(scalar)
        }
    }

    static let all: [Country] = list.split(separator: "\n").map { line in
        Country(code: String(line.prefix(2)), longCode: String(line.dropFirst(3).prefix(3)), name: String(line.dropFirst(7)))
    }

    private static let byKey: [String: Country] = {
        var keys: [String: Country] = [:]
        let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })
        for line in otherNames.split(separator: "\n") {
            guard let country = byCode[String(line.prefix(2))] else { continue }
            for name in line.dropFirst(3).split(separator: ",") { keys[key(String(name))] = country }
        }
        for country in all { for name in [country.name, country.longCode, country.code] { keys[key(name)] = country } }
        return keys
    }()

    /// Other names of countries: unofficial codes, older names and names in their own languages.
    private static let otherNames = """
        AE UAE,Emirates
        AT Österreich,Oesterreich
        BE België,Belgique,Belgien
        BA Bosnia,Bosnia-Herzegovina
        BO Plurinational State of Bolivia
        BQ Bonaire Sint Eustatius and Saba
        BR Brasil
        BN Brunei Darussalam
        CA Kanada
        CD Democratic Republic of the Congo,DR Congo,DRC,Congo-Kinshasa,Zaire
        CG Republic of the Congo,Congo,Congo-Brazzaville
        CH Schweiz,Suisse,Svizzera
        CI Ivory Coast,Côte d'Ivoire
        CV Cape Verde,Cabo Verde
        CN People's Republic of China,PRC,Mainland China
        CZ Czech Republic,Czechia,Česko
        DE Deutschland,Federal Republic of Germany,Allemagne
        DK Danmark
        EE Eesti
        EG Arab Republic of Egypt
        ES España,Espagne
        FI Suomi
        FK Falkland Islands,Falkland Islands the Malvinas
        FM Micronesia,Federated States of Micronesia
        GB UK,Great Britain,Britain,England,Scotland,Wales,Northern Ireland,United Kingdom of Great Britain and Northern Ireland
        GM Gambia,The Gambia
        GR EL,Hellas,Hellenic Republic,Ελλάδα
        GS South Georgia and South Sandwich Islands
        HK Hong Kong SAR,Hong Kong SAR China
        HM Heard and McDonald Islands
        HR Hrvatska
        HU Magyarország
        IE Republic of Ireland,Éire
        IN Republic of India,Bharat
        IR Islamic Republic of Iran,Iran
        IT Italia,Italie
        JP Nippon,日本
        KP North Korea,Democratic People's Republic of Korea,DPRK
        KR South Korea,Republic of Korea,Korea
        LA Laos,Lao People's Democratic Republic
        LT Lietuva
        LV Latvija
        MD Republic of Moldova,Moldova
        MK former Yugoslav Republic of Macedonia,Macedonia,North Macedonia,Republic of North Macedonia
        MM Burma,Myanmar
        MO Macau,Macao,Macau SAR,Macao SAR China
        MX México
        NL Nederland,Holland,Pays-Bas,Niederlande
        NO Norge
        PL Polska
        PN Pitcairn Islands
        PS Palestine,State of Palestine,Palestinian Territories
        PT Portugal
        RO România
        RS Srbija
        RU Russian Federation,Russia,Россия
        SA KSA,Kingdom of Saudi Arabia
        SE Sverige
        SH Saint Helena
        SI Slovenija
        SJ Svalbard and Jan Mayen Islands
        SK Slovensko,Slovak Republic
        SY Syrian Arab Republic,Syria
        SZ Swaziland,Eswatini
        TL East Timor,Timor-Leste
        TR Turkey,Türkiye
        TW Taiwan,Republic of China,Taiwan Province of China
        TZ United Republic of Tanzania,Tanzania
        UA Україна
        UM US Outlying Islands,US Minor Outlying Islands
        US USA,United States of America,America,US of A
        VA Vatican,Vatican City,Holy See
        VC Saint Vincent and Grenadines
        VE Bolivarian Republic of Venezuela,Venezuela
        VG British Virgin Islands
        VI US Virgin Islands,United States Virgin Islands
        VN Viet Nam,Vietnam
        WF Wallis and Futuna Islands
        ZA Republic of South Africa,RSA
        """

    private static let list = """
        AD AND Andorra
        AE ARE United Arab Emirates
        AF AFG Afghanistan
        AG ATG Antigua and Barbuda
        AI AIA Anguilla
        AL ALB Albania
        AM ARM Armenia
        AO AGO Angola
        AQ ATA Antarctica
        AR ARG Argentina
        AS ASM American Samoa
        AT AUT Austria
        AU AUS Australia
        AW ABW Aruba
        AX ALA Åland Islands
        AZ AZE Azerbaijan
        BA BIH Bosnia and Herzegovina
        BB BRB Barbados
        BD BGD Bangladesh
        BE BEL Belgium
        BF BFA Burkina Faso
        BG BGR Bulgaria
        BH BHR Bahrain
        BI BDI Burundi
        BJ BEN Benin
        BL BLM Saint Barthélemy
        BM BMU Bermuda
        BN BRN Brunei
        BO BOL Bolivia
        BQ BES Caribbean Netherlands
        BR BRA Brazil
        BS BHS Bahamas
        BT BTN Bhutan
        BV BVT Bouvet Island
        BW BWA Botswana
        BY BLR Belarus
        BZ BLZ Belize
        CA CAN Canada
        CC CCK Cocos (Keeling) Islands
        CD COD Congo (Kinshasa)
        CF CAF Central African Republic
        CG COG Congo (Brazzaville)
        CH CHE Switzerland
        CI CIV Côte d'Ivoire
        CK COK Cook Islands
        CL CHL Chile
        CM CMR Cameroon
        CN CHN China
        CO COL Colombia
        CR CRI Costa Rica
        CU CUB Cuba
        CV CPV Cabo Verde
        CW CUW Curaçao
        CX CXR Christmas Island
        CY CYP Cyprus
        CZ CZE Czechia
        DE DEU Germany
        DJ DJI Djibouti
        DK DNK Denmark
        DM DMA Dominica
        DO DOM Dominican Republic
        DZ DZA Algeria
        EC ECU Ecuador
        EE EST Estonia
        EG EGY Egypt
        EH ESH Western Sahara
        ER ERI Eritrea
        ES ESP Spain
        ET ETH Ethiopia
        FI FIN Finland
        FJ FJI Fiji
        FK FLK Falkland Islands
        FM FSM Micronesia
        FO FRO Faroe Islands
        FR FRA France
        GA GAB Gabon
        GB GBR United Kingdom
        GD GRD Grenada
        GE GEO Georgia
        GF GUF French Guiana
        GG GGY Guernsey
        GH GHA Ghana
        GI GIB Gibraltar
        GL GRL Greenland
        GM GMB Gambia
        GN GIN Guinea
        GP GLP Guadeloupe
        GQ GNQ Equatorial Guinea
        GR GRC Greece
        GS SGS South Georgia and the South Sandwich Islands
        GT GTM Guatemala
        GU GUM Guam
        GW GNB Guinea-Bissau
        GY GUY Guyana
        HK HKG Hong Kong
        HM HMD Heard Island and McDonald Islands
        HN HND Honduras
        HR HRV Croatia
        HT HTI Haiti
        HU HUN Hungary
        ID IDN Indonesia
        IE IRL Ireland
        IL ISR Israel
        IM IMN Isle of Man
        IN IND India
        IO IOT British Indian Ocean Territory
        IQ IRQ Iraq
        IR IRN Iran
        IS ISL Iceland
        IT ITA Italy
        JE JEY Jersey
        JM JAM Jamaica
        JO JOR Jordan
        JP JPN Japan
        KE KEN Kenya
        KG KGZ Kyrgyzstan
        KH KHM Cambodia
        KI KIR Kiribati
        KM COM Comoros
        KN KNA Saint Kitts and Nevis
        KP PRK North Korea
        KR KOR South Korea
        KW KWT Kuwait
        KY CYM Cayman Islands
        KZ KAZ Kazakhstan
        LA LAO Laos
        LB LBN Lebanon
        LC LCA Saint Lucia
        LI LIE Liechtenstein
        LK LKA Sri Lanka
        LR LBR Liberia
        LS LSO Lesotho
        LT LTU Lithuania
        LU LUX Luxembourg
        LV LVA Latvia
        LY LBY Libya
        MA MAR Morocco
        MC MCO Monaco
        MD MDA Moldova
        ME MNE Montenegro
        MF MAF Saint Martin
        MG MDG Madagascar
        MH MHL Marshall Islands
        MK MKD North Macedonia
        ML MLI Mali
        MM MMR Myanmar
        MN MNG Mongolia
        MO MAC Macao
        MP MNP Northern Mariana Islands
        MQ MTQ Martinique
        MR MRT Mauritania
        MS MSR Montserrat
        MT MLT Malta
        MU MUS Mauritius
        MV MDV Maldives
        MW MWI Malawi
        MX MEX Mexico
        MY MYS Malaysia
        MZ MOZ Mozambique
        NA NAM Namibia
        NC NCL New Caledonia
        NE NER Niger
        NF NFK Norfolk Island
        NG NGA Nigeria
        NI NIC Nicaragua
        NL NLD Netherlands
        NO NOR Norway
        NP NPL Nepal
        NR NRU Nauru
        NU NIU Niue
        NZ NZL New Zealand
        OM OMN Oman
        PA PAN Panama
        PE PER Peru
        PF PYF French Polynesia
        PG PNG Papua New Guinea
        PH PHL Philippines
        PK PAK Pakistan
        PL POL Poland
        PM SPM Saint Pierre and Miquelon
        PN PCN Pitcairn
        PR PRI Puerto Rico
        PS PSE Palestine
        PT PRT Portugal
        PW PLW Palau
        PY PRY Paraguay
        QA QAT Qatar
        RE REU Réunion
        RO ROU Romania
        RS SRB Serbia
        RU RUS Russia
        RW RWA Rwanda
        SA SAU Saudi Arabia
        SB SLB Solomon Islands
        SC SYC Seychelles
        SD SDN Sudan
        SE SWE Sweden
        SG SGP Singapore
        SH SHN Saint Helena, Ascension and Tristan da Cunha
        SI SVN Slovenia
        SJ SJM Svalbard and Jan Mayen
        SK SVK Slovakia
        SL SLE Sierra Leone
        SM SMR San Marino
        SN SEN Senegal
        SO SOM Somalia
        SR SUR Suriname
        SS SSD South Sudan
        ST STP Sao Tome and Principe
        SV SLV El Salvador
        SX SXM Sint Maarten
        SY SYR Syria
        SZ SWZ Eswatini
        TC TCA Turks and Caicos Islands
        TD TCD Chad
        TF ATF French Southern Territories
        TG TGO Togo
        TH THA Thailand
        TJ TJK Tajikistan
        TK TKL Tokelau
        TL TLS Timor-Leste
        TM TKM Turkmenistan
        TN TUN Tunisia
        TO TON Tonga
        TR TUR Türkiye
        TT TTO Trinidad and Tobago
        TV TUV Tuvalu
        TW TWN Taiwan
        TZ TZA Tanzania
        UA UKR Ukraine
        UG UGA Uganda
        UM UMI United States Minor Outlying Islands
        US USA United States
        UY URY Uruguay
        UZ UZB Uzbekistan
        VA VAT Vatican City
        VC VCT Saint Vincent and the Grenadines
        VE VEN Venezuela
        VG VGB British Virgin Islands
        VI VIR U.S. Virgin Islands
        VN VNM Vietnam
        VU VUT Vanuatu
        WF WLF Wallis and Futuna
        WS WSM Samoa
        YE YEM Yemen
        YT MYT Mayotte
        ZA ZAF South Africa
        ZM ZMB Zambia
        ZW ZWE Zimbabwe
        """
}
