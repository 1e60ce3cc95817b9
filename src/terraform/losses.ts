/**
 * Table of the resource types whose destruction loses something for good: data, an address or a name that clients know. A
 * replacement loses the same, because the new resource starts without it. Pure.
 */

/** The lost part of a resource, as the object of a sentence: `replace aws_lb.this and lose its DNS name`. */
export type Loss = (typeof words)[number]

const words = [
  'its data',
  'its disk and its address',
  'its files',
  'its objects',
  'its images',
  'its logs',
  'its messages',
  'its metrics',
  'its backups',
  'its search index',
  'its users',
  'its value',
  'its keys and all that they encrypt',
  'its address',
  'its DNS name',
  'its DNS records',
  'its URL',
  'its client id',
  'the certificate',
  'everything in it',
] as const

/** The types by the part that is lost. AWS names; other providers are listed only where they keep a value in the state. */
const typesByLoss: Readonly<Partial<Record<Loss, string>>> = {
  'its data': `
    aws_db_instance aws_db_snapshot aws_db_cluster_snapshot aws_rds_cluster aws_rds_global_cluster
    aws_dsql_cluster aws_dynamodb_table aws_dynamodb_global_table aws_dynamodb_table_replica aws_dynamodb_table_item
    aws_docdb_cluster aws_docdb_global_cluster aws_docdb_cluster_snapshot aws_docdbelastic_cluster
    aws_neptune_cluster aws_neptune_global_cluster aws_neptune_cluster_snapshot aws_neptunegraph_graph
    aws_elasticache_cluster aws_elasticache_replication_group aws_elasticache_global_replication_group
    aws_elasticache_serverless_cache aws_memorydb_cluster aws_memorydb_multi_region_cluster aws_memorydb_snapshot
    aws_redshift_cluster aws_redshift_cluster_snapshot aws_redshiftserverless_namespace aws_redshiftserverless_snapshot
    aws_keyspaces_keyspace aws_keyspaces_table aws_qldb_ledger aws_simpledb_domain aws_timestreamwrite_database
    aws_timestreamwrite_table aws_timestreaminfluxdb_db_instance aws_finspace_kx_database aws_finspace_kx_volume
    aws_athena_database aws_glue_catalog_database aws_glue_catalog_table aws_s3tables_table aws_s3tables_table_bucket
    aws_s3tables_namespace aws_s3_object aws_s3_bucket_object aws_s3_object_copy aws_lightsail_database aws_bedrockagent_knowledge_base aws_bedrockagentcore_memory
    aws_healthlake_fhir_datastore aws_customerprofiles_domain aws_cloudfront_key_value_store`,
  'its disk and its address': 'aws_instance aws_spot_instance_request aws_lightsail_instance',
  'its files': `
    aws_ebs_volume aws_ebs_snapshot aws_ebs_snapshot_copy aws_efs_file_system aws_fsx_lustre_file_system
    aws_fsx_ontap_file_system aws_fsx_ontap_volume aws_fsx_ontap_storage_virtual_machine aws_fsx_openzfs_file_system
    aws_fsx_openzfs_volume aws_fsx_openzfs_snapshot aws_fsx_windows_file_system aws_fsx_file_cache aws_fsx_backup
    aws_lightsail_disk aws_storagegateway_cached_iscsi_volume aws_storagegateway_stored_iscsi_volume
    aws_codecommit_repository aws_workspaces_workspace`,
  'its objects': `
    aws_s3_bucket aws_s3_directory_bucket aws_s3control_bucket
    aws_lightsail_bucket aws_glacier_vault aws_media_store_container aws_codeartifact_repository aws_codeartifact_domain`,
  'its images': `
    aws_ecr_repository aws_ecrpublic_repository aws_imagebuilder_image aws_sagemaker_image aws_ami aws_ami_copy
    aws_ami_from_instance`,
  'its logs':
    'aws_cloudwatch_log_group aws_cloudwatch_log_stream aws_cloudtrail_event_data_store aws_cloudwatch_event_archive',
  'its messages': `
    aws_sqs_queue aws_sns_topic aws_kinesis_stream aws_kinesis_video_stream aws_mq_broker aws_msk_cluster
    aws_msk_serverless_cluster`,
  'its metrics': 'aws_prometheus_workspace aws_grafana_workspace',
  'its backups': 'aws_backup_vault aws_backup_logically_air_gapped_vault',
  'its search index': `
    aws_opensearch_domain aws_elasticsearch_domain aws_opensearchserverless_collection aws_cloudsearch_domain aws_kendra_index
    aws_s3vectors_index aws_s3vectors_vector_bucket aws_rekognition_collection`,
  'its users':
    'aws_cognito_user_pool aws_cognito_identity_pool aws_cognito_user aws_directory_service_directory aws_identitystore_user aws_iam_user',
  'its value': `
    aws_secretsmanager_secret aws_ssm_parameter aws_iam_access_key aws_api_gateway_api_key random_password
    random_string random_id random_uuid random_bytes tls_private_key`,
  'its keys and all that they encrypt': `
    aws_kms_key aws_kms_replica_key aws_kms_external_key aws_kms_replica_external_key aws_kms_custom_key_store
    aws_cloudhsm_v2_cluster aws_cloudhsm_v2_hsm aws_paymentcryptography_key aws_acmpca_certificate_authority`,
  'its address': `
    aws_eip aws_nat_gateway aws_network_interface aws_lightsail_static_ip aws_globalaccelerator_accelerator
    aws_globalaccelerator_custom_routing_accelerator aws_vpn_gateway aws_vpn_connection
    aws_ec2_carrier_gateway`,
  'its DNS name': `
    aws_lb aws_alb aws_elb aws_cloudfront_distribution aws_api_gateway_domain_name aws_apigatewayv2_domain_name
    aws_appsync_domain_name aws_cognito_user_pool_domain aws_elastic_beanstalk_environment aws_lightsail_lb
    aws_lightsail_distribution aws_vpc_endpoint_service aws_service_discovery_service aws_route53_record
    aws_s3_access_point aws_s3control_multi_region_access_point aws_transfer_server aws_vpclattice_service`,
  'its DNS records': `
    aws_route53_zone aws_service_discovery_private_dns_namespace aws_service_discovery_public_dns_namespace
    aws_service_discovery_http_namespace aws_route53domains_domain aws_route53domains_registered_domain
    aws_route53_delegation_set aws_lightsail_domain`,
  'its URL': `
    aws_lambda_function_url aws_apprunner_service aws_api_gateway_rest_api aws_apigatewayv2_api aws_appsync_graphql_api
    aws_lightsail_container_service aws_amplify_app aws_bedrockagentcore_agent_runtime aws_bedrockagentcore_gateway
    aws_api_gateway_stage aws_apigatewayv2_stage`,
  'its client id': 'aws_cognito_user_pool_client aws_cognito_managed_user_pool_client',
  'the certificate': 'aws_acm_certificate aws_iam_server_certificate aws_lightsail_certificate',
  'everything in it': 'aws_cloudformation_stack aws_eks_cluster aws_organizations_organization aws_connect_instance',
}

const losses: ReadonlyMap<string, Loss> = new Map(
  Object.entries(typesByLoss).flatMap(([loss, types]) =>
    types
      .trim()
      .split(/\s+/)
      .map(type => [type, loss as Loss] as const),
  ),
)

/** Types of AWS that a later provider may add and whose name shows that they store something. */
const storage =
  /^aws_\w*(?:_|^)(?:database|bucket|table|file_system|volume|vault|repository|datastore|memory|keyspace)$/

/** Types of AWS whose name ends like storage but which hold only settings. */
const settings = /_(?:route|policy|configured)_table$|_code(?:catalyst_source)?_repository$|^aws_datasync_location_/

/** Providers whose resources hold nothing outside of the state. */
const providersWithoutLoss =
  /^(?:terraform_data|null_resource|(?:time|local|archive|external|cloudinit|template|random|tls)_\w+)$/

/**
 * Returns what the destruction of a resource of this type loses. `undefined` means nothing but settings, which an apply creates
 * again. `unknown` means a type of a provider that the table does not know.
 */
export function lossOf(type: string): Loss | 'unknown' | undefined {
  const loss = losses.get(type)
  if (loss !== undefined) return loss
  if (storage.test(type) && !settings.test(type)) return 'its data'
  return type.startsWith('aws_') || providersWithoutLoss.test(type) ? undefined : 'unknown'
}

/** All types of the table, for its test. */
export const typesWithLoss: readonly string[] = [...losses.keys()]
