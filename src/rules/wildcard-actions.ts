/**
 * Actions that a policy can allow only on `*`, because AWS defines no resource for them (Service Authorization Reference). Only
 * those that read or measure, of the services that MCP servers use. test/rules/wildcard-actions.test.ts compares them with AWS.
 */

/** Action names by service, separated by white space. */
export const wildcardActions: Readonly<Record<string, string>> = {
  acm: `
    GetAccountConfiguration ListAcmeEndpoints ListCertificates SearchCertificates`,
  'application-autoscaling': `
    DescribeScalableTargets DescribeScalingActivities DescribeScalingPolicies
    DescribeScheduledActions GetPredictiveScalingForecast`,
  athena: `
    GetCatalogs GetExecutionEngine GetExecutionEngines GetNamespace GetNamespaces GetQueryExecutions GetTable
    GetTables ListApplicationDPUSizes ListCapacityReservations ListDataCatalogs ListEngineVersions ListExecutors
    ListWorkGroups`,
  autoscaling: `
    DescribeAccountLimits DescribeAccountSettings DescribeAdjustmentTypes DescribeAutoScalingGroups
    DescribeAutoScalingInstances DescribeAutoScalingNotificationTypes DescribeInstanceRefreshes DescribeLaunchConfigurations
    DescribeLifecycleHookTypes DescribeLifecycleHooks DescribeLoadBalancerTargetGroups DescribeLoadBalancers
    DescribeMetricCollectionTypes DescribeNotificationConfigurations DescribePolicies DescribeScalingActivities
    DescribeScalingProcessTypes DescribeScheduledActions DescribeTags DescribeTerminationPolicyTypes DescribeTrafficSources
    DescribeWarmPool GetPredictiveScalingForecast`,
  bedrock: `
    CheckIngestedDocumentAcl GetAccountDataRetention GetBlueprintRecommendation GetDataSourceAuthorizationUrl
    GetDocumentContent GetFoundationModelAvailability GetIngestedDocumentAcl GetModelInvocationLoggingConfiguration
    GetUseCaseForModelAccess ListAdvancedPromptOptimizationJobs ListAgents ListAsyncInvokes ListCustomModelDeployments
    ListCustomModels ListEnforcedGuardrailsConfiguration ListEvaluationJobs ListFlows ListFoundationModelAgreementOffers
    ListFoundationModels ListImportedModels ListInferenceProfiles ListKnowledgeBases ListMarketplaceModelEndpoints
    ListModelCopyJobs ListModelCustomizationJobs ListModelEvaluationJobs ListModelImportJobs ListModelInvocationJobs
    ListPromptRouters ListProvisionedModelThroughputs ListSessions`,
  'bedrock-agentcore': `
    ListABTests ListAgentRuntimeEndpoints ListAgentRuntimeVersions
    ListAgentRuntimeVersionsByCapacityProvider ListAgentRuntimes ListBatchEvaluations ListBrowserProfiles
    ListBrowserSessions ListBrowsers ListCapacityProviders ListCodeInterpreters ListConfigurationBundles ListConsentPortals
    ListDatasets ListEvaluators ListGateways ListHarnessEndpoints ListHarnessVersions ListHarnesses ListMemories
    ListOnlineEvaluationConfigs ListPaymentManagers ListPolicyEngineSummaries ListPolicyEngines ListRecommendations
    ListRegistries`,
  ce: `
    DescribeNotificationSubscription DescribeReport GetApproximateUsageRecords GetCommitmentPurchaseAnalysis
    GetConsoleActionSetEnforced GetPreferences GetReservationCoverage GetReservationPurchaseRecommendation
    GetReservationUtilization GetRightsizingRecommendation GetSavingsPlanPurchaseRecommendationDetails
    GetSavingsPlansCoverage GetSavingsPlansPurchaseRecommendation GetSavingsPlansUtilization
    GetSavingsPlansUtilizationDetails ListCommitmentPurchaseAnalyses ListCostAllocationTagBackfillHistory
    ListCostAllocationTags ListCostCategoryDefinitions ListCostCategoryResourceAssociations
    ListSavingsPlansPurchaseRecommendationGeneration`,
  cloudformation: `
    DescribeAccountLimits DescribeGeneratedTemplate DescribeOrganizationsAccess DescribePublisher
    DescribeResourceScan DescribeStackDriftDetectionStatus DescribeType DescribeTypeRegistration GetGeneratedTemplate
    GetHookResult GetResource GetResourceRequestStatus ListAllHookResults ListExports ListGeneratedTemplates ListImports
    ListResourceRequests ListResourceScanRelatedResources ListResourceScanResources ListResourceScans ListResources
    ListStackSets ListStacks ListTypeRegistrations ListTypeVersions ListTypes`,
  cloudtrail: `
    DescribeTrails GetImport ListChannels ListDashboards ListEventDataStores ListImportFailures ListImports
    ListPublicKeys ListServiceLinkedChannels ListTrails LookupEvents SearchSampleQueries`,
  cloudwatch: `
    BatchGetServiceLevelIndicatorReport DescribeAlarmsForMetric DescribeAnomalyDetectors DescribeInsightRules
    GetAgentGraph GetContextGraph GetIntelligenceConfiguration GetMetricStatistics GetMetricWidgetImage GetOTelEnrichment
    GetOmniThread GetPreferences GetRecords GetSpaceCredentials GetSpaceCredentialsForOrganization GetTelemetryQueryResults
    GetTopologyDiscoveryStatus GetTopologyMap ListAccessGrants ListAccessProfiles ListAlertContributors ListAlerts
    ListDashboards ListDomainAccessGrantsForOrganization ListDomains ListEntitiesForMetric ListIngestionEndpoints
    ListIntegrations ListManagedInsightRules ListMetricStreams ListOmniDashboards ListOmniThreads ListServiceLevelObjectives
    ListServices ListSpaceAccess ListSpaces ListSpacesForOrganization ListTelemetryFields ListTelemetryQuerySessions
    ListViews SearchPrincipals`,
  comprehend: `
    BatchDetectDominantLanguage BatchDetectEntities BatchDetectKeyPhrases BatchDetectSentiment
    BatchDetectSyntax BatchDetectTargetedSentiment ContainsPiiEntities DetectDominantLanguage DetectKeyPhrases
    DetectPiiEntities DetectSentiment DetectSyntax DetectTargetedSentiment DetectToxicContent ListDocumentClassificationJobs
    ListDocumentClassifierSummaries ListDocumentClassifiers ListDominantLanguageDetectionJobs ListEndpoints
    ListEntitiesDetectionJobs ListEntityRecognizerSummaries ListEntityRecognizers ListEventsDetectionJobs ListFlywheels
    ListKeyPhrasesDetectionJobs ListPiiEntitiesDetectionJobs ListSentimentDetectionJobs ListTargetedSentimentDetectionJobs
    ListTopicsDetectionJobs`,
  'cognito-idp': `
    DescribeUserPoolDomain GetDevice GetProvisionedLimit GetTokensFromRefreshToken GetUser
    GetUserAttributeVerificationCode ListDevices ListUserPools`,
  dynamodb: `
    DescribeEndpoints DescribeLimits DescribeReservedCapacity DescribeReservedCapacityOfferings GetAbacStatus
    ListBackups ListContributorInsights ListGlobalTables ListStreams ListTables`,
  ec2: `
    DescribeAccountAttributes DescribeAccountVpcEncryptionControl DescribeAddressTransfers DescribeAddresses
    DescribeAddressesAttribute DescribeAggregateIdFormat DescribeApplicationStatus
    DescribeApplicationStatusCheckAssociations DescribeApplicationStatusChecks DescribeAvailabilityZones
    DescribeAwsNetworkPerformanceMetricSubscriptions DescribeBundleTasks DescribeByoipCidrs
    DescribeCapacityBlockExtensionHistory DescribeCapacityBlockOfferings DescribeCapacityBlockStatus DescribeCapacityBlocks
    DescribeCapacityManagerDataExports DescribeCapacityReservationBillingRequests
    DescribeCapacityReservationCancellationQuotes DescribeCapacityReservationFleets DescribeCapacityReservationTopology
    DescribeCapacityReservations DescribeCarrierGateways DescribeClassicLinkInstances DescribeClientVpnEndpoints
    DescribeCoipPools DescribeConversionTasks DescribeCustomerGateways DescribeDeclarativePoliciesReports
    DescribeDhcpOptions DescribeEgressOnlyInternetGateways DescribeElasticGpus DescribeExportImageTasks DescribeExportTasks
    DescribeFastLaunchImages DescribeFastSnapshotRestores DescribeFleets DescribeFlowLogs DescribeFpgaImages
    DescribeHostReservationOfferings DescribeHostReservations DescribeHosts DescribeIamInstanceProfileAssociations
    DescribeIdFormat DescribeIdentityIdFormat DescribeImageReferences DescribeImageUsageReportEntries
    DescribeImageUsageReports DescribeImages DescribeImportImageTasks DescribeImportSnapshotTasks
    DescribeInstanceConnectEndpoints DescribeInstanceCreditSpecifications DescribeInstanceEventNotificationAttributes
    DescribeInstanceEventWindows DescribeInstanceImageMetadata DescribeInstanceSqlHaHistoryStates
    DescribeInstanceSqlHaStates DescribeInstanceStatus DescribeInstanceTopology DescribeInstanceTypeOfferings
    DescribeInstanceTypes DescribeInstances DescribeInternetGateways DescribeIpamByoasn
    DescribeIpamExternalResourceVerificationTokens DescribeIpamInternetRegistryAssociations DescribeIpamPolicies
    DescribeIpamPoolAllocations DescribeIpamPools DescribeIpamPrefixListResolverTargets DescribeIpamPrefixListResolvers
    DescribeIpamResourceDiscoveries DescribeIpamResourceDiscoveryAssociations DescribeIpamScopes DescribeIpams
    DescribeIpv6Pools DescribeKeyPairs DescribeLaunchTemplateVersions DescribeLaunchTemplates
    DescribeLocalGatewayRouteTablePermissions DescribeLocalGatewayRouteTableVirtualInterfaceGroupAssociations
    DescribeLocalGatewayRouteTableVpcAssociations DescribeLocalGatewayRouteTables DescribeLocalGatewayVirtualInterfaceGroups
    DescribeLocalGatewayVirtualInterfaces DescribeLocalGateways DescribeLockedSnapshots DescribeMacHosts
    DescribeMacModificationTasks DescribeManagedPrefixLists DescribeMovingAddresses DescribeNatGateways DescribeNetworkAcls
    DescribeNetworkInsightsAccessScopeAnalyses DescribeNetworkInsightsAccessScopes DescribeNetworkInsightsAnalyses
    DescribeNetworkInsightsPaths DescribeNetworkInterfaceAttribute DescribeNetworkInterfacePermissions
    DescribeNetworkInterfaces DescribeOutpostLags DescribePlacementGroups DescribePrefixLists DescribePrincipalIdFormat
    DescribePublicIpv4Pools DescribeRegions DescribeReplaceRootVolumeTasks DescribeReservedInstances
    DescribeReservedInstancesListings DescribeReservedInstancesModifications DescribeReservedInstancesOfferings
    DescribeRouteServerEndpoints DescribeRouteServerPeers DescribeRouteServers DescribeRouteTables
    DescribeScheduledInstanceAvailability DescribeScheduledInstances DescribeSecondaryInterfaces DescribeSecondaryNetworks
    DescribeSecondarySubnets DescribeSecurityGroupRules DescribeSecurityGroupVpcAssociations DescribeSecurityGroups
    DescribeServiceLinkVirtualInterfaces DescribeSnapshotTierStatus DescribeSnapshots DescribeSpotDatafeedSubscription
    DescribeSpotFleetRequests DescribeSpotInstanceRequests DescribeSpotPriceHistory DescribeStaleSecurityGroups
    DescribeStoreImageTasks DescribeSubnets DescribeTags DescribeTrafficMirrorFilterRules DescribeTrafficMirrorFilters
    DescribeTrafficMirrorSessions DescribeTrafficMirrorTargets DescribeTransitGatewayAttachments
    DescribeTransitGatewayConnectPeers DescribeTransitGatewayConnects DescribeTransitGatewayMeteringPolicies
    DescribeTransitGatewayMulticastDomains DescribeTransitGatewayPeeringAttachments DescribeTransitGatewayPolicyTables
    DescribeTransitGatewayRouteTableAnnouncements DescribeTransitGatewayRouteTables DescribeTransitGatewayVpcAttachments
    DescribeTransitGateways DescribeTrunkInterfaceAssociations DescribeVerifiedAccessEndpoints DescribeVerifiedAccessGroups
    DescribeVerifiedAccessInstanceLoggingConfigurations DescribeVerifiedAccessInstanceWebAclAssociations
    DescribeVerifiedAccessInstances DescribeVerifiedAccessTrustProviders DescribeVolumeStatus DescribeVolumes
    DescribeVolumesModifications DescribeVpcBlockPublicAccessExclusions DescribeVpcBlockPublicAccessOptions
    DescribeVpcClassicLink DescribeVpcClassicLinkDnsSupport DescribeVpcEncryptionControls DescribeVpcEndpointAssociations
    DescribeVpcEndpointConnectionNotifications DescribeVpcEndpointConnections DescribeVpcEndpointServiceConfigurations
    DescribeVpcEndpointServices DescribeVpcEndpoints DescribeVpcPeeringConnections DescribeVpcs DescribeVpnConcentrators
    DescribeVpnConnections DescribeVpnGateways GetAllowedImagesSettings GetAwsNetworkPerformanceData
    GetCapacityManagerAttributes GetCapacityManagerMetricData GetCapacityManagerMetricDimensions
    GetCapacityManagerMonitoredTagKeys GetDefaultCreditSpecification GetEbsDefaultKmsKeyId GetEbsEncryptionByDefault
    GetEnabledIpamPolicy GetHostReservationPurchasePreview GetImageBlockPublicAccessState GetInstanceMetadataDefaults
    GetInstanceTypesFromInstanceRequirements GetManagedResourceVisibility GetSerialConsoleAccessStatus
    GetSnapshotBlockPublicAccessState GetSpotPlacementScores GetSubnetCidrReservations
    GetTransitGatewayAttachmentPropagations GetTransitGatewayPrefixListReferences GetTransitGatewayRouteTableAssociations
    GetTransitGatewayRouteTablePropagations GetVpnConnectionDeviceTypes ListImagesInRecycleBin ListSnapshotsInRecycleBin
    ListVolumesInRecycleBin`,
  ec2messages: `
    AcknowledgeMessage DeleteMessage FailMessage GetEndpoint GetMessages SendReply`,
  ecr: `
    DescribePullThroughCacheRules DescribeRegistry DescribeRepositoryCreationTemplates GetAccountSetting
    GetAuthorizationToken GetRegistryPolicy GetRegistryScanningConfiguration GetSigningConfiguration
    ListPullTimeUpdateExclusions`,
  'ecr-public': `
    GetAuthorizationToken`,
  ecs: `
    DescribeTaskDefinition ListAccountSettings ListClusters ListDaemonTaskDefinitions ListDaemons ListServices
    ListServicesByNamespace ListTaskDefinitionFamilies ListTaskDefinitions`,
  eks: `
    DescribeAddonConfiguration DescribeAddonVersions DescribeClusterVersions ListAccessPolicies ListClusters
    ListEksAnywhereSubscriptions`,
  elasticloadbalancing: `
    DescribeAccountLimits DescribeCapacityReservation DescribeInstanceHealth
    DescribeListenerAttributes DescribeListenerCertificates DescribeListeners DescribeLoadBalancerAttributes
    DescribeLoadBalancerPolicies DescribeLoadBalancerPolicyTypes DescribeLoadBalancers DescribeRules DescribeSSLPolicies
    DescribeTags DescribeTargetGroupAttributes DescribeTargetGroups DescribeTargetHealth DescribeTrustStoreAssociations
    DescribeTrustStoreRevocations DescribeTrustStores DescribeWebACLAssociation`,
  events: `
    ListApiDestinations ListArchives ListConnections ListEndpoints ListEventBuses ListEventSources
    ListPartnerEventSources ListReplays ListRuleNamesByTarget ListRules ListSubscribers`,
  glue: `
    BatchGetCustomEntityTypes BatchGetStageFiles CheckSchemaVersionValidity DescribeInboundIntegrations GetClassifier
    GetClassifiers GetColumnStatisticsTaskRun GetColumnStatisticsTaskRuns GetColumnStatisticsTaskSettings GetCrawlerMetrics
    GetCrawlers GetCustomEntityType GetDataPreviewStatement GetDataflowGraph GetDevEndpoints GetEnvironment GetExecutors
    GetExecutorsThreads GetGeneratedCode GetGlueIdentityCenterConfiguration GetJobBookmark GetJobs GetLogParsingStatus
    GetMapping GetNotebookInstanceStatus GetPlan GetQueries GetQuery GetRecipeAction GetSecurityConfiguration
    GetSecurityConfigurations GetStage GetStageAttempt GetStageAttemptTaskList GetStageAttemptTaskSummary GetStageFiles
    GetStages GetStorage GetStorageUnit GetTriggers ListBlueprints ListColumnStatisticsTaskRuns ListConnectionTypes
    ListCrawlers ListCustomEntityTypes ListDevEndpoints ListJobs ListRegistries ListSessions ListTriggers ListUsageProfiles
    ListWorkflows`,
  health: `
    DescribeAffectedAccountsForOrganization DescribeAffectedEntitiesForOrganization DescribeEntityAggregates
    DescribeEntityAggregatesForOrganization DescribeEventAggregates DescribeEventDetailsForOrganization DescribeEventTypes
    DescribeEvents DescribeEventsForOrganization DescribeHealthServiceStatusForOrganization`,
  kms: `
    DescribeCustomKeyStores GenerateRandom ListAliases ListKeys ListRetirableGrants`,
  lambda: `
    GetAccountSettings ListCapacityProviders ListCodeSigningConfigs ListEventSourceMappings ListFunctions
    ListLayerVersions ListLayers ListManagedMicrovmImages ListMicrovmImages ListMicrovms ListNetworkConnectors`,
  logs: `
    DescribeAccountPolicies DescribeConfigurationTemplates DescribeDeliveries DescribeDeliveryDestinations
    DescribeDeliverySources DescribeDestinations DescribeExportTasks DescribeFieldIndexes DescribeImportTaskBatches
    DescribeImportTasks DescribeIndexPolicies DescribeLogGroups DescribeLookupTables DescribeQueries
    DescribeQueryDefinitions DescribeResourcePolicies GetIntegration GetLogDelivery GetLogFields GetStorageTierPolicy
    ListAggregateLogGroupSummaries ListEntitiesForLogGroup ListIntegrations ListLogDeliveries ListLogGroups
    ListLogGroupsForEntity ListLogGroupsForQuery ListScheduledQueries ListSourcesForS3TableIntegration
    ListSyslogConfigurations`,
  organizations: `
    DescribeCreateAccountStatus DescribeOrganization DescribeResourcePolicy
    ListAWSServiceAccessForOrganization ListAccounts ListAccountsWithInvalidEffectivePolicy ListCreateAccountStatus
    ListDelegatedAdministrators ListHandshakesForAccount ListHandshakesForOrganization ListInboundResponsibilityTransfers
    ListOutboundResponsibilityTransfers ListPolicies ListRoots`,
  polly: `
    DescribeVoices GetSpeechSynthesisTask ListLexicons ListSpeechSynthesisTasks`,
  pricing: `
    DescribeServices GetAttributeValues GetPriceListFileUrl GetProducts ListPriceLists`,
  rds: `
    DescribeAccountAttributes DescribeCertificates DescribeDBEngineVersions DescribeDBMajorEngineVersions
    DescribeDBRecommendations DescribeEngineDefaultClusterParameters DescribeEngineDefaultParameters DescribeEventCategories
    DescribeEvents DescribeOptionGroupOptions DescribeOrderableDBInstanceOptions DescribeRecommendationGroups
    DescribeRecommendations DescribeReservedDBInstancesOfferings DescribeSourceRegions`,
  rekognition: `
    CompareFaces DescribeProjects DetectFaces DetectLabels DetectProtectiveEquipment DetectText
    GetCelebrityInfo GetCelebrityRecognition GetContentModeration GetFaceDetection GetFaceLivenessSessionResults
    GetFaceSearch GetLabelDetection GetMediaAnalysisJob GetPersonTracking GetSegmentDetection GetTextDetection
    ListCollections ListMediaAnalysisJobs ListStreamProcessors RecognizeCelebrities`,
  route53: `
    GetAccountLimit GetCheckerIpRanges GetGeoLocation GetHealthCheckCount GetHostedZoneCount
    GetTrafficPolicyInstanceCount ListCidrCollections ListGeoLocations ListHealthChecks ListHostedZones
    ListHostedZonesByName ListHostedZonesByVPC ListReusableDelegationSets ListTrafficPolicies ListTrafficPolicyInstances`,
  s3: `
    GetAccessPoint GetAccountPublicAccessBlock ListAccessGrantsInstances ListAccessPoints
    ListAccessPointsForObjectLambda ListAllMyBuckets ListJobs ListMultiRegionAccessPoints ListStorageLensConfigurations
    ListStorageLensGroups`,
  sagemaker: `
    DescribeJobSchemaVersion DescribeLineageGroup GetLineageGroupPolicy GetResourcePolicy
    GetSagemakerServicecatalogPortfolioStatus GetSearchSuggestions ListAIBenchmarkJobs ListAIRecommendationJobs
    ListAIWorkloadConfigs ListActions ListAlgorithms ListAppImageConfigs ListApps ListArtifacts ListAssociations
    ListAutoMLJobs ListCandidatesForAutoMLJob ListClusterSchedulerConfigs ListClusters ListCodeRepositories
    ListCompilationJobs ListComputeQuotas ListContexts ListDataQualityJobDefinitions ListDeviceFleets ListDevices
    ListDomains ListEdgeDeploymentPlans ListEdgePackagingJobs ListEndpointConfigs ListEndpoints ListExperiments
    ListFeatureGroups ListFlowDefinitions ListHubs ListHumanLoops ListHumanTaskUis ListHyperParameterTuningJobs ListImages
    ListInferenceComponents ListInferenceExperiments ListInferenceRecommendationsJobSteps ListInferenceRecommendationsJobs
    ListJobSchemaVersions ListJobs ListLabelingJobs ListLineageGroups ListMlflowApps ListMlflowTrackingServers
    ListModelBiasJobDefinitions ListModelCards ListModelExplainabilityJobDefinitions ListModelMetadata
    ListModelPackageGroups ListModelQualityJobDefinitions ListModels ListMonitoringAlertHistory ListMonitoringAlerts
    ListMonitoringExecutions ListMonitoringSchedules ListNotebookInstanceLifecycleConfigs ListNotebookInstances
    ListOptimizationJobs ListPartnerApps ListPipelines ListProcessingJobs ListProjects ListResourceCatalogs
    ListSharedModelEvents ListSharedModels ListSpaces ListStageDevices ListStudioLifecycleConfigs ListSubscribedWorkteams
    ListTrainingJobs ListTrainingPlans ListTransformJobs ListTrialComponents ListTrials ListUserProfiles ListWorkforces
    ListWorkteams Search SearchTrainingPlanOfferings`,
  secretsmanager: `
    BatchGetSecretValue GetRandomPassword ListSecrets`,
  servicediscovery: `
    ListNamespaces ListOperations ListServices ListTagsForResource`,
  sns: `
    CheckIfPhoneNumberIsOptedOut GetEndpointAttributes GetPlatformApplicationAttributes GetSMSAttributes
    GetSMSSandboxAccountStatus ListEndpointsByPlatformApplication ListOriginationNumbers ListPhoneNumbersOptedOut
    ListPlatformApplications ListSMSSandboxPhoneNumbers ListSubscriptions ListTopics`,
  sqs: `
    ListQueues`,
  ssm: `
    DescribeActivations DescribeAutomationExecutions DescribeAvailablePatches DescribeInstanceInformation
    DescribeInstancePatchStatesForPatchGroup DescribeInstanceProperties DescribeInventoryDeletions
    DescribeMaintenanceWindowExecutionTaskInvocations DescribeMaintenanceWindowExecutionTasks
    DescribeMaintenanceWindowSchedule DescribeMaintenanceWindows DescribeMaintenanceWindowsForTarget DescribeOpsItems
    DescribeParameters DescribePatchBaselines DescribePatchGroupState DescribePatchGroups DescribePatchProperties
    DescribeSessions GetCommandInvocation GetDeployablePatchSnapshotForInstance GetExecutionPreview GetInventory
    GetInventorySchema GetMaintenanceWindowExecution GetMaintenanceWindowExecutionTask
    GetMaintenanceWindowExecutionTaskInvocation GetManifest GetPatchBaselineForPatchGroup ListAssociations
    ListCloudConnectors ListCommandInvocations ListCommands ListComplianceItems ListComplianceSummaries ListDocuments
    ListInventoryEntries ListOpsItemEvents ListOpsItemRelatedItems ListOpsMetadata ListResourceComplianceSummaries
    ListResourceDataSync`,
  ssmmessages: `
    CreateControlChannel CreateDataChannel OpenControlChannel OpenDataChannel`,
  states: `
    ListActivities ListStateMachines`,
  sts: `
    DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity GetDelegatedAccessToken GetServiceBearerToken
    GetSessionToken GetWebIdentityToken`,
  support: `
    DescribeAttachment DescribeCaseAttributes DescribeCaseOptions DescribeCases DescribeCommunication
    DescribeCommunications DescribeCreateCaseOptions DescribeIssueTypes DescribeRelatedItems DescribeServices
    DescribeSeverityLevels DescribeSupportLevel DescribeSupportedLanguages DescribeTrustedAdvisorCheckRefreshStatuses
    DescribeTrustedAdvisorCheckResult DescribeTrustedAdvisorCheckSummaries DescribeTrustedAdvisorChecks GetInteraction
    ListInteractionEntries ListInteractions SearchForCases`,
  tag: `
    DescribeReportCreation GetComplianceSummary GetResources GetTagKeys GetTagValues ListRequiredTags`,
  textract: `
    AnalyzeDocument AnalyzeExpense AnalyzeID DetectDocumentText GetDocumentAnalysis GetDocumentTextDetection
    GetExpenseAnalysis GetLendingAnalysis GetLendingAnalysisSummary ListAdapterVersions ListAdapters StartDocumentAnalysis
    StartDocumentTextDetection`,
  transcribe: `
    GetMedicalScribeStream ListCallAnalyticsCategories ListCallAnalyticsJobs ListLanguageModels
    ListMedicalScribeJobs ListMedicalTranscriptionJobs ListMedicalVocabularies ListTagsForResource ListTranscriptionJobs
    ListVocabularies ListVocabularyFilters StartMedicalStreamTranscription StartMedicalStreamTranscriptionWebSocket
    StartStreamTranscription StartStreamTranscriptionWebSocket`,
  translate: `
    DescribeTextTranslationJob ListLanguages ListParallelData ListTerminologies ListTextTranslationJobs`,
  xray: `
    BatchGetTraceSummaryById BatchGetTraces GetDistinctTraceGraphs GetEncryptionConfig GetGroups GetIndexingRules
    GetInsight GetInsightEvents GetInsightImpactGraph GetInsightSummaries GetRetrievedTracesGraph GetSamplingRules
    GetSamplingStatisticSummaries GetSamplingTargets GetServiceGraph GetTimeSeriesServiceStatistics GetTraceGraph
    GetTraceSegmentDestination GetTraceSummaries ListResourcePolicies ListRetrievedTraces PutTelemetryRecords
    PutTraceSegments`,
}

let known: ReadonlySet<string> | undefined

/** Whether a policy can allow this action, such as `ec2:DescribeInstances`, only on `*`. Letter case does not count. */
export function takesOnlyWildcard(action: string): boolean {
  known ??= new Set(
    Object.entries(wildcardActions).flatMap(([service, names]) =>
      names
        .trim()
        .split(/\s+/)
        .map(name => `${service}:${name}`.toLowerCase()),
    ),
  )
  return known.has(action.toLowerCase())
}
