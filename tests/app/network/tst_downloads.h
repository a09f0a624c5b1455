// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/getcommand.h"
#include "core/catalogue.h"
#include "tests/app/emptyhome.h"
#include "tests/app/network/fetchfixture.h"

/// What is fetched, with a server on this computer in place of the site.
class TestDownloads : public FetchFixture
{
    Q_OBJECT

    EmptyHome m_home;

    Catalogue catalogue() const;
    /// How `simile get` ends.
    int get(const GetCommand& command) const;

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    // A file (download.cpp).
    void aFileComesWithItsRightHash();
    void nothingOfTheUserGoesAlong();
    void itGoesOnWhereItWas();
    void aFileThatIsThereWholeAsksNobody();
    void cutsAtRandomPlacesLoseNothing();
    void aHostWithoutRangesBeginsAnew();
    void withoutAKnownHashAStrongTagDecides();
    void withoutATagTheSitesWordDecides();
    void withNeitherItBeginsAnewAndSaysSo();
    void aChangedFileIsFetchedAnewAndSaid();
    void aFileThatIsNotTheKnownOneIsNotFetched();
    void aWrongHashKeepsNothing();
    void aWrongLengthIsRefused();
    void moreThanAnnouncedKeepsNothing();
    void aFullDiskKeepsWhatIsThere();
    void tooLittleSpaceIsToldBefore();
    void itStopsAtOnce();
    void anotherProcessKeepsOut();
    void whatAFileOfAnotherProgramHoldsIsLeft();

    // What may go wrong (downloadfaults.cpp).
    void anExpiredLinkIsResolvedOnceMore();
    void whatTheStatusMeans_data();
    void whatTheStatusMeans();
    void waitsAreKept_data();
    void waitsAreKept();
    void redirectsThatAreNotFollowed_data();
    void redirectsThatAreNotFollowed();
    void aCircleOfRedirectsEnds();
    void unsafeConnectionsAreRefused_data();
    void unsafeConnectionsAreRefused();
    void anAuthorityOfOnesOwnIsTrusted_data();
    void anAuthorityOfOnesOwnIsTrusted();
    void anAuthorityThatCannotBeReadIsSaidWhereItMatters();
    void silenceEnds_data();
    void silenceEnds();
    void aLongHeadEnds();
    void noNetworkIsSaid();
    void aProxyIsAskedForAfterTheStart();
    void onlyPublicAddressesCount_data();
    void onlyPublicAddressesCount();

    // The list and the command (tst_downloads.cpp).
    void aKilledProcessGoesOn();
    void theListSurvivesAndNothingIsAskedByItself();
    void oneAfterTheOther();
    void aFileIsTakenInAndVerified();
    void modelsMoveToAnotherFolder();
    void aRepositoryIsListed();
    void theCommandWantsTheLicenceFirst();
    void theCommandFetches();
};
